using System.Text;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Formats.Lockfile;

namespace Veridian.Unit.Tests.Formats.Lockfile;

/// <summary>L-13, L-14.</summary>
public sealed class LockMergeTests
{
    private static readonly LockFile Common = Lock("a", ("one", "1"), ("two", "1"), ("three", "1"));

    [Fact]
    public void What_one_side_left_alone_is_taken_from_the_other()
    {
        var merged = LockMerge.Of(Common, Lock("a", ("one", "2"), ("two", "1"), ("three", "1")), Lock("a", ("one", "1"), ("two", "1"), ("four", "1")));

        Assert.Equal("four 1, one 2, two 1", Text(merged));
        Assert.Equal(new string('0', 64), merged.Selections[0].Inputs);
    }

    [Fact]
    public void A_side_that_changed_nothing_gives_way_whole()
    {
        var theirs = Lock("b", ("one", "3"));
        Assert.Equal(LockFileWriter.Write(theirs), LockFileWriter.Write(LockMerge.Of(Common, Common, theirs)));
        Assert.Equal(LockFileWriter.Write(theirs), LockFileWriter.Write(LockMerge.Of(Common, theirs, Common)));
    }

    [Fact]
    public void Of_two_changes_of_one_package_the_newer_version_is_taken_whichever_side_has_it()
    {
        var (older, newer) = (Lock("a", ("one", "2~rc1")), Lock("a", ("one", "1:1")));
        Assert.Equal("one 1:1", Text(LockMerge.Of(Common, older, newer)));
        Assert.Equal("one 1:1", Text(LockMerge.Of(Common, newer, older)));
    }

    [Fact]
    public void A_package_that_one_side_removed_and_the_other_changed_stays() =>
        Assert.Contains("two 5", Text(LockMerge.Of(Common, Lock("a", ("one", "1"), ("three", "1")), Lock("a", ("one", "1"), ("two", "5"), ("three", "1")))), StringComparison.Ordinal);

    [Fact]
    public void The_merged_lock_can_be_written_and_read_although_a_dependency_went()
    {
        var ours = Lock("a", ("one", "1"), ("three", "1"));
        var theirs = Lock("a", ("one", "1"), ("two", "1"), ("three", "1"), ("needy", "1"));
        theirs = new LockFile { Selections = [theirs.Selections[0] with { Packages = [.. theirs.Selections[0].Packages.Select(package => package.Name == "needy" ? package with { Depends = ["two"] } : package)] }] };

        var merged = LockMerge.Of(Common, ours, theirs);

        Assert.Equal("needy 1, one 1, three 1", Text(LockFileReader.Read(LockFileWriter.Write(merged), "vpkg.lock")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Both_sides_are_read_out_of_a_file_with_marks(bool withCommon)
    {
        var (ours, theirs) = (Lines(Lock("a", ("one", "2"))), Lines(Lock("a", ("one", "3"))));
        var text = new StringBuilder();
        for (var i = 0; i < ours.Length; i++)
        {
            text.Append(ours[i] == theirs[i] ? ours[i] : $"<<<<<<< ours\n{ours[i]}{(withCommon ? $"||||||| base\n{Lines(Lock("a", ("one", "1")))[i]}" : "")}=======\n{theirs[i]}>>>>>>> theirs\n");
        }

        var sides = LockSides.TryRead(Encoding.UTF8.GetBytes(text.ToString()), "vpkg.lock")!;

        Assert.Equal(("one 2", "one 3"), (Text(sides.Ours), Text(sides.Theirs)));
        Assert.Equal(withCommon ? "one 1" : null, sides.Common is { } common ? Text(common) : null);
    }

    [Theory]
    [InlineData("<<<<<<< a\nformat = 1\n")]
    [InlineData("=======\nformat = 1\n")]
    [InlineData("<<<<<<< a\n=======\n<<<<<<< b\n>>>>>>> c\n")]
    public void Marks_that_do_not_fit_together_are_refused(string text)
    {
        var error = Assert.Throws<InvalidInputException>(() => LockSides.TryRead(Encoding.UTF8.GetBytes(text), "vpkg.lock"));
        Assert.Equal(ErrorCodes.LocksNotMergeable, error.Code);
    }

    [Fact]
    public void A_file_without_marks_has_no_sides() => Assert.Null(LockSides.TryRead(LockFileWriter.Write(Common), "vpkg.lock"));

    private static string[] Lines(LockFile lockFile) => [.. Encoding.UTF8.GetString(LockFileWriter.Write(lockFile)).Split('\n').SkipLast(1).Select(line => line + "\n")];

    private static string Text(LockFile lockFile) =>
        string.Join(", ", lockFile.Selections[0].Packages.OrderBy(package => package.Name, StringComparer.Ordinal).Select(package => $"{package.Name} {package.Version}"));

    private static LockFile Lock(string inputs, params (string Name, string Version)[] packages) => new()
    {
        Selections =
        [
            new LockedSelection
            {
                Environment = "default",
                Platform = "linux-amd64",
                Inputs = Blake3.Hash(Encoding.UTF8.GetBytes(inputs)).ToString(),
                Objective = "1",
                Packages = [.. packages.Select(package => new LockedPackage
                {
                    Name = package.Name, Version = package.Version, Architecture = "all", Repository = "r", Suite = "s", Url = $"pool/{package.Name}.deb",
                    Size = 1, Sha256 = new Sha256Digest(Blake3.Hash(Encoding.UTF8.GetBytes(package.Name + package.Version)).Span),
                })],
            },
        ],
    };
}
