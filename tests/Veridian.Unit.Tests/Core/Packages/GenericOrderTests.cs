using Veridian.Core.Packages;

namespace Veridian.Unit.Tests.Core.Packages;

/// <summary>V-3.3.</summary>
public sealed class GenericOrderTests
{
    private const string Table = """
        2023c < 2024a
        2024a < 2024b
        2024 < 2024a
        9.4 < 9.4p1
        9.4p1 < 9.4p2
        9.4p9 < 9.4p10
        9.4p1 < 9.4.1
        9.9 < 9.10
        1.0 < 1.0.1
        1.0 < 1.0.0
        1.0 = 1-0
        1.0 = 1_0
        1.0 = 01.0
        1.0a = 1.0A
        1.0a = 1.0.a
        1.0rc1 < 1.0
        1.0-rc1 < 1.0-rc2
        1.0-alpha < 1.0-beta
        1.0-beta2 < 1.0-RC1
        1.0-dev < 1.0-pre
        1.0-pre1 < 1.0
        1.0~1 < 1.0
        1.0~1 < 1.0rc1
        1.0rc1 < 1.0a
        1.0rc1~1 < 1.0rc1
        1.0x < 1.0y
        1.0x < 1.0.0
        nightly < 1
        r5 < r10
        20240101 < 20240102
        1.0. = 1.0
        """;

    public static TheoryData<string, char, string> Rows => VersionTable.Rows(Table);

    [Theory, MemberData(nameof(Rows))]
    public void Versions_are_ordered_by_runs_of_digits_and_letters(string left, char order, string right) =>
        VersionTable.Check(VersionScheme.Generic, left, order, right);
}
