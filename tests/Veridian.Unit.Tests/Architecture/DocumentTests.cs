using System.Diagnostics;
using System.Text.RegularExpressions;
using Veridian.Testing;

namespace Veridian.Unit.Tests.Architecture;

/// <summary>Documents stay true: links lead somewhere, drawings are those of the code, nothing belongs to one machine.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] NotOurs = [".git", "artifacts", "bin", "obj", ".vpkg"];

    [Fact]
    public void No_relative_link_is_dead()
    {
        var dead = from file in Documents()
                   from Match link in Link().Matches(WithoutCode(File.ReadAllText(file)))
                   let target = link.Groups["target"].Value.Split('#')[0]
                   where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
                   let path = Path.Combine(Path.GetDirectoryName(file)!, target)
                   where !File.Exists(path) && !Directory.Exists(path)
                   select $"{Path.GetRelativePath(Checkout.Root, file)} links to {target}";
        AssertNone(dead);
    }

    [Fact]
    public void The_map_is_the_one_that_the_rule_table_draws()
    {
        var document = File.ReadAllText(Checkout.PathOf("docs/architecture.md"));
        Assert.True(document == ArchitectureMap.Replace(document, Checkout.Root), "docs/architecture.md is not up to date: run './build map'.");
    }

    [Fact]
    public void Every_source_that_a_document_names_exists() =>
        AssertNone(
            from file in Documents()
            from Match source in Source().Matches(File.ReadAllText(file))
            let path = source.Groups["path"].Value
            where !File.Exists(Checkout.PathOf(path)) && !Directory.Exists(Checkout.PathOf(path))
            select $"{Path.GetRelativePath(Checkout.Root, file)} names {path}");

    [Fact]
    public void Every_clause_that_code_cites_stands_in_its_document() =>
        AssertNone(
            from folder in new[] { "src", "tests" }
            from file in Walk(new DirectoryInfo(Checkout.PathOf(folder)))
            where file.EndsWith(".cs", StringComparison.Ordinal)
            from Match citation in Citation().Matches(File.ReadAllText(file))
            let clauses = ClausesOf(citation.Groups["document"].Value)
            from Capture tag in citation.Groups["tag"].Captures
            where !clauses.Contains(tag.Value)
            select $"{Path.GetRelativePath(Checkout.Root, file)} cites {citation.Groups["document"].Value} {tag.Value}");

    [Fact]
    public void No_two_documents_share_the_letters_of_their_clauses() =>
        AssertNone(
            from file in new[] { "spec", "store-format" }.SelectMany(folder => Walk(new DirectoryInfo(Checkout.PathOf(folder)))).Where(file => file.EndsWith(".md", StringComparison.Ordinal))
            from tag in ClausesOf(Path.GetRelativePath(Checkout.Root, file))
            group Path.GetRelativePath(Checkout.Root, file) by tag.Split('-')[0] into documents
            where documents.Distinct().Count() > 1
            select $"{documents.Key}- stands in {string.Join(" and ", documents.Distinct())}");

    [Fact]
    public void Nothing_that_is_tracked_belongs_to_one_machine()
    {
        var hosts = AptMirror.Addresses().Select(address => address.Host).Where(host => host.Contains('.', StringComparison.Ordinal));
        var outside = Path.GetDirectoryName(Checkout.Root)!;
        string[] words = [.. hosts.Distinct(), .. outside.Length > 1 ? [outside + "/"] : Array.Empty<string>()];
        AssertNone(
            from file in Tracked()
            let text = File.ReadAllText(Checkout.PathOf(file))
            from word in words
            where Regex.IsMatch(text, $@"(?<![\w.$}}/-]){Regex.Escape(word)}")
            select $"{file} mentions {word}");
    }

    // A clause starts with its tag in bold, or has it in its heading.
    private static HashSet<string> ClausesOf(string document) => File.Exists(Checkout.PathOf(document))
        ? [.. Clause().Matches(File.ReadAllText(Checkout.PathOf(document))).Select(match => match.Groups["tag"].Value)]
        : [];

    private static IEnumerable<string> Documents() => Walk(new DirectoryInfo(Checkout.Root))
        .Where(file => file.EndsWith(".md", StringComparison.Ordinal));

    private static IEnumerable<string> Walk(DirectoryInfo folder) => folder.EnumerateFiles().Select(file => file.FullName)
        .Concat(folder.EnumerateDirectories().Where(inner => !NotOurs.Contains(inner.Name)).SelectMany(Walk));

    // Text only; empty where the sources did not come by git.
    private static List<string> Tracked()
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", Checkout.Root, "-c", "safe.directory=*", "grep", "-zIl", "", "--", ":(exclude)*.lock.json"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            return [.. git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Checkout.PathOf(file)))];
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return [];
        }
    }

    private static string WithoutCode(string markdown) => Code().Replace(markdown, "");

    private static void AssertNone(IEnumerable<string> complaints)
    {
        var list = string.Join('\n', complaints.Distinct().Order(StringComparer.Ordinal));
        Assert.True(list.Length == 0, "\n" + list);
    }

    [GeneratedRegex(@"\[[^\]]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"<c>(?<document>(spec|store-format)/[\w./-]+\.md)</c>(,? (to |and )?(?<tag>[A-Z]+-\d+(\.\d+)*))+")]
    private static partial Regex Citation();

    [GeneratedRegex(@"(^#+ |\*\*)(?<tag>[A-Z]+-\d+(\.\d+)*)\b", RegexOptions.Multiline)]
    private static partial Regex Clause();

    [GeneratedRegex(@"^```.*?^```|`[^`\n]*`", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex(@"`(?<path>(src|tests|eng|docs|spec|store-format|examples)/[\w./-]*\w)`")]
    private static partial Regex Source();
}
