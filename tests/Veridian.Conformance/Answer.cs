namespace Veridian.Conformance;

/// <summary>The exit codes of the door.</summary>
/// <remarks>Source: <c>spec/conformance-cli.md</c> CC-2. They are few on purpose: a judge looks for yes or no.</remarks>
internal static class Answer
{
    /// <summary>Yes, valid, done.</summary>
    public const int Yes = 0;

    /// <summary>No, invalid, refused.</summary>
    public const int No = 1;

    /// <summary>The question cannot be understood, or the machine is in the way.</summary>
    public const int BadQuestion = 2;

    /// <summary>Prints <c>true</c> or <c>false</c> and returns the exit code that says the same.</summary>
    public static int Of(bool yes)
    {
        Console.Out.WriteLine(yes ? "true" : "false");
        return yes ? Yes : No;
    }
}
