using Veridian.Core.Packages;

namespace Veridian.Unit.Tests.Core.Packages;

/// <summary>Lines of <c>left &lt; right</c>, with <c>&lt;</c>, <c>=</c> or <c>&gt;</c>.</summary>
internal static class VersionTable
{
    public static TheoryData<string, char, string> Rows(string table)
    {
        var rows = new TheoryData<string, char, string>();
        foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ');
            rows.Add(words[0], words[1][0], words[2]);
        }

        return rows;
    }

    public static void Check(VersionScheme scheme, string left, char order, string right)
    {
        var expected = "<=>".IndexOf(order, StringComparison.Ordinal) - 1;
        Assert.Equal(expected, Math.Sign(VersionOrder.Compare(scheme, left, right)));
        Assert.Equal(-expected, Math.Sign(VersionOrder.Compare(scheme, right, left)));
    }
}
