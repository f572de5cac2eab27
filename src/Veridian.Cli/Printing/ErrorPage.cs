using System.Globalization;
using Veridian.Core.Errors;
using Veridian.Core.Text;

namespace Veridian.Cli.Printing;

/// <summary>The page of one error id, as it stands in <c>spec/errors</c>.</summary>
/// <param name="Id">The id.</param>
/// <param name="Title">What stands behind it in the page's heading.</param>
/// <param name="Text">The whole page, Markdown.</param>
/// <remarks>Source: <c>spec/errors.md</c> ER-6. The pages are part of the program, so that they fit its version and need no network.</remarks>
internal sealed record ErrorPage(string Id, string Title, string Text)
{
    private const string Folder = "errors/";

    /// <summary>Every page, in the order of ids.</summary>
    public static IEnumerable<ErrorPage> All() => Ids().Select(Read);

    /// <summary>The page that a person means: <c>VS2003</c>, <c>vs2003</c>, <c>2003</c> or <c>error[VS2003]:</c>.</summary>
    /// <exception cref="InvalidInputException">There is no such id.</exception>
    public static ErrorPage Find(string given)
    {
        var plain = given.Trim().TrimEnd(':').ToUpper(CultureInfo.InvariantCulture).Replace("ERROR[", "", StringComparison.Ordinal).TrimEnd(']');
        plain = plain.StartsWith("VS", StringComparison.Ordinal) ? plain : "VS" + plain;
        return Ids().Contains(plain) ? Read(plain) : throw new InvalidInputException(ErrorCodes.Usage,
            $"There is no error '{given}'.",
            DidYouMean.Nearest(plain, Ids()) is { } near ? $"Did you mean 'vpkg explain {near}'?" : "Run 'vpkg explain' to see all ids.");
    }

    private static string[] Ids() =>
    [
        .. typeof(ErrorPage).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(name => name[Folder.Length..]).Order(StringComparer.Ordinal),
    ];

    private static ErrorPage Read(string id)
    {
        using var reader = new StreamReader(typeof(ErrorPage).Assembly.GetManifestResourceStream(Folder + id)!);
        var text = reader.ReadToEnd();
        return new ErrorPage(id, text[(text.IndexOf(": ", StringComparison.Ordinal) + 2)..text.IndexOf('\n', StringComparison.Ordinal)], text);
    }
}
