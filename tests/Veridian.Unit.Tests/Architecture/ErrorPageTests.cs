using System.Reflection;
using System.Text.RegularExpressions;
using Veridian.Cli.Commands;
using Veridian.Cli.Printing;
using Veridian.Core.Errors;
using Veridian.Testing;

namespace Veridian.Unit.Tests.Architecture;

/// <summary>ER-4, ER-6: code, table, page; and every command that a hint or a page names is one.</summary>
public sealed partial class ErrorPageTests
{
    private static readonly ErrorCode[] Codes =
        [.. typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(member => member.GetValue(null)).OfType<ErrorCode>()];

    [Fact]
    public void Every_id_has_a_page_and_every_page_an_id() =>
        Assert.Equal(Codes.Select(code => code.Id).Order(StringComparer.Ordinal), ErrorPage.All().Select(page => page.Id));

    [Fact]
    public void The_pages_in_the_program_are_those_of_the_specification()
    {
        foreach (var page in ErrorPage.All())
        {
            Assert.Equal(File.ReadAllText(Checkout.PathOf($"spec/errors/{page.Id}.md")), page.Text);
        }
    }

    [Fact]
    public void A_page_says_what_happened_what_was_kept_and_what_to_do_with_class_and_exit_code_of_the_table()
    {
        var rows = File.ReadLines(Checkout.PathOf("spec/errors.md")).Select(line => Row().Match(line)).Where(match => match.Success)
            .ToDictionary(match => match.Groups["id"].Value);
        foreach (var page in ErrorPage.All())
        {
            var row = rows[page.Id];
            Assert.StartsWith($"# {page.Id}: {page.Title}\n\nClass: {row.Groups["class"].Value}. Exit code: {row.Groups["exit"].Value}.\n", page.Text, StringComparison.Ordinal);
            var parts = page.Text.Split("\n## ");
            Assert.Equal(["What happened", "What was kept", "What to do"], parts.Skip(1).Select(part => part.Split('\n')[0]));
            Assert.All(parts.Skip(1), part => Assert.True(part.Split('\n', 2)[1].Trim().Length > 15, $"{page.Id}: {part}"));
        }
    }

    [Theory]
    [InlineData("VS2003")]
    [InlineData("vs2003")]
    [InlineData("2003")]
    [InlineData("error[VS2003]:")]
    public void A_page_is_found_by_what_people_copy(string given) => Assert.Equal("VS2003", ErrorPage.Find(given).Id);

    [Fact]
    public void Every_command_that_a_text_for_people_names_exists()
    {
        var root = CommandLine.Build();
        var files = Directory.EnumerateFiles(Checkout.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Checkout.PathOf("spec/errors"), "*.md"))
            .Concat(Directory.EnumerateFiles(Checkout.PathOf("docs"), "*.md", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/docs/decisions/", StringComparison.Ordinal)) // what was thought then
            .Append(Checkout.PathOf("README.md"));
        var unknown = from file in files
                      where !file.Contains("/obj/", StringComparison.Ordinal)
                      from Match match in NamedCommand().Matches(File.ReadAllText(file))
                      let words = match.Groups["words"].Value.Split(' ')
                      where !Exists(root, words)
                      select $"{Path.GetRelativePath(Checkout.Root, file)}: vpkg {match.Groups["words"].Value}";
        var list = string.Join('\n', unknown.Distinct());
        Assert.True(list.Length == 0, list);
    }

    // The first word is a verb; where the verb has verbs of its own, so is the second.
    private static bool Exists(System.CommandLine.Command root, string[] words)
    {
        var verb = root.Subcommands.FirstOrDefault(command => command.Name == words[0] || command.Aliases.Contains(words[0]));
        return verb is not null && (verb.Subcommands.Count == 0 || words.Length < 2 || verb.Name == "generations" || words[1].Length == 0
            || verb.Subcommands.Any(sub => sub.Name == words[1]));
    }

    [GeneratedRegex(@"^\| (?<id>VS\d{4}) \| (?<class>\w+) \| (?<exit>\d+) \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"(?<=['`(]|^|\$ )vpkg (?<words>[a-z]+( [a-z-]+)?)", RegexOptions.Multiline)]
    private static partial Regex NamedCommand();
}
