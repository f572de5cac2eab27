using System.Text;
using Veridian.Core.Packages;

namespace Veridian.Unit.Tests.Core.Packages;

public sealed class ListTableTests
{
    [Fact]
    public void Equal_lists_have_one_number_and_numbers_follow_the_order_of_arrival()
    {
        var table = new ListTable<int>();
        Assert.Equal([0, 1, 0, 2, 1], new int[][] { [7, 8], [], [7, 8], [8, 7], [] }.Select(list => table.Intern(list)));
        Assert.Equal(3, table.Count);
        Assert.Equal([8, 7], table[2].ToArray());
        Assert.Equal([0, 2, 2, 4], table.Starts[..(table.Count + 1)]);
        Assert.Equal([7, 8, 8, 7], table.Items[..table.ItemCount]);
    }

    [Fact]
    public void A_hundred_thousand_texts_that_differ_little_are_all_told_apart()
    {
        var table = new ListTable<byte>();
        for (var round = 0; round < 2; round++)
        {
            for (var number = 0; number < 100_000; number++)
            {
                Assert.Equal(number, table.Intern(Encoding.ASCII.GetBytes($"librust-package-{number}-dev")));
            }
        }

        Assert.Equal("librust-package-99999-dev", Encoding.ASCII.GetString(table[99_999]));
    }

    [Fact]
    public void Lists_of_zeros_differ_by_their_length()
    {
        var table = new ListTable<byte>();
        Assert.Equal(Enumerable.Range(0, 40), Enumerable.Range(0, 40).Select(length => table.Intern(new byte[length])));
    }
}
