using Veridian.Posix;

namespace Veridian.Integration.Tests.Posix;

public sealed class LargePagesTests
{
    [Fact]
    public void Large_mappings_of_no_file_are_found()
    {
        const string Maps = """
            55da3c826000-55da3c842000 r--p 00000000 fe:00 5316679                    /usr/bin/vpkg
            7fed87c00000-7fed8e12c000 rw-p 00000000 00:00 0 
            7fed8e12c000-7fed9e400000 ---p 00000000 00:00 0 
            7fed9e800000-7feda5101000 rw-p 00000000 00:00 0
            7ff94cc00000-7ff94d400000 rw-p 00000000 00:00 0 
            7ff950000000-7ff958000000 rw-s 00000000 00:01 5                          /dev/zero (deleted)
            7ff960000000-7ff968000000 rw-p 00000000 00:00 0                          [heap]
            damaged
            -
            zz-7ff9 rw-p 00000000 00:00 0
            """;
        Assert.Equal([(0x7fed87c00000UL, 0x7fed8e12c000UL), (0x7fed9e800000UL, 0x7feda5101000UL)], LargePages.LargeMappings(System.Text.Encoding.ASCII.GetBytes(Maps)));
    }

    [Fact]
    public void Asking_changes_nothing_that_a_program_could_notice()
    {
        var bytes = new byte[96 << 20];
        bytes[^1] = 7;
        LargePages.AskForLargeMappings();
        Assert.Equal(7, bytes[^1]);
        Assert.Equal(0, bytes[1]);
    }
}
