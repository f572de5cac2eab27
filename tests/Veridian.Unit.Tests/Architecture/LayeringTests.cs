using System.Xml.Linq;
using Veridian.Testing;

namespace Veridian.Unit.Tests.Architecture;

/// <summary>The rings hold: what the compiler and the analyzers let through is found in the built assemblies and the project files.</summary>
public sealed class LayeringTests
{
    // The compiler itself calls it in every iterator.
    private const string AlwaysAllowed = "System.Environment.get_CurrentManagedThreadId";

    public static TheoryData<string> Projects => [.. RingRules.Projects.Select(rule => rule.Name)];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_touches_no_forbidden_API(string project)
    {
        var rule = RuleOf(project);
        var uses = AssemblyUses.Read(AssemblyOf(project));

        var members = uses.Members
            .Where(use => IsForbidden(use.Member, rule.MayNotTouch) && !rule.Doors.Any(door => Opens(door, use.Namespace, use.Member)))
            .Select(use => $"{use.Namespace} uses {use.Member}");
        var types = uses.Types
            .Where(type => IsForbidden(type, rule.MayNotTouch) && type != "System.Environment" && !rule.Doors.Any(door => IsForbidden(type, door.Lets)))
            .Select(type => $"{project} names {type}");

        AssertNone(members.Concat(types));
    }

    [Theory, MemberData(nameof(Projects))]
    public void Native_libraries_are_called_only_behind_their_door(string project)
    {
        var doors = RuleOf(project).Doors;
        AssertNone(AssemblyUses.Read(AssemblyOf(project)).NativeCalls
            .Where(call => !doors.Any(door => IsInside(call.Namespace, door.Namespace) && door.Libraries.Contains(call.Library)))
            .Select(call => $"{call.Namespace} calls {call.Library}"));
    }

    [Theory, MemberData(nameof(Projects))]
    public void An_assembly_knows_only_projects_that_its_rule_allows(string project) =>
        AssertNone(AssemblyUses.Read(AssemblyOf(project)).Projects.Except(RuleOf(project).MayReference));

    // The compiler drops references that no code uses yet: they would be there for the next person to use.
    [Theory, MemberData(nameof(Projects))]
    public void A_project_file_references_only_what_its_rule_allows(string project)
    {
        var file = XDocument.Load(Checkout.PathOf($"src/{project}/{project}.csproj"));
        var projects = file.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
        var packages = file.Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value);
        var rule = RuleOf(project);
        AssertNone(projects.Except(rule.MayReference).Concat(packages.Except(rule.Packages)));
    }

    [Fact]
    public void Every_project_under_src_has_a_rule_and_every_rule_a_project() =>
        Assert.Equal(
            Directory.EnumerateFiles(Checkout.PathOf("src"), "*.csproj", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
            RingRules.Projects.Select(rule => rule.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void References_point_to_the_same_ring_or_further_in() =>
        AssertNone(
            from rule in RingRules.Projects
            from reference in rule.MayReference
            where RuleOf(reference).Ring > rule.Ring
            select $"{rule.Name} may not reference {reference}");

    [Fact]
    public void The_rule_table_has_no_cycle()
    {
        // Projects stand after everything they may reference.
        var seen = new HashSet<string>();
        foreach (var rule in RingRules.Projects)
        {
            AssertNone(rule.MayReference.Except(seen).Select(reference => $"{rule.Name} stands before {reference}"));
            seen.Add(rule.Name);
        }
    }

    [Fact]
    public void The_reader_itself_sees_a_forbidden_API()
    {
        var uses = AssemblyUses.Read(typeof(LayeringTests).Assembly.Location);
        Assert.Contains((typeof(LayeringTests).Namespace!, "System.IO.Directory.EnumerateFiles"), uses.Members);
        Assert.Contains("System.IO.Directory", uses.Types);
        Assert.True(IsForbidden("System.IO.Directory.EnumerateFiles", RuleOf("Veridian.Core").MayNotTouch));
        Assert.False(IsForbidden("System.IO.DirectoryNotFoundException..ctor", RuleOf("Veridian.Core").MayNotTouch));
        Assert.False(Opens(RuleOf("Veridian.Build").Doors[0], "Veridian.Build.SandboxEscape", "System.Diagnostics.Process.Start"));
        Assert.True(Opens(RuleOf("Veridian.Build").Doors[0], "Veridian.Build.Sandbox", "System.Diagnostics.Process.Start"));
    }

    // A wrong length of one instruction would make nonsense of all that follow.
    [Fact]
    public void The_reader_gets_through_every_instruction_of_a_large_library() =>
        Assert.Contains(AssemblyUses.Read(typeof(XDocument).Assembly.Location).Members, use => use.Member == "System.Xml.XmlReader.Read");

    private static ProjectRule RuleOf(string project) => RingRules.Projects.Single(rule => rule.Name == project);

    private static string AssemblyOf(string project) =>
        Path.Combine(AppContext.BaseDirectory, (project == "Veridian.Cli" ? "vpkg" : project) + ".dll");

    private static bool IsForbidden(string symbol, string[] forbidden) =>
        symbol != AlwaysAllowed && forbidden.Any(name => IsInside(symbol, name));

    private static bool Opens(Door door, string space, string member) => IsInside(space, door.Namespace) && IsForbidden(member, door.Lets);

    private static bool IsInside(string name, string outer) =>
        name.StartsWith(outer, StringComparison.Ordinal) && (name.Length == outer.Length || name[outer.Length] == '.');

    // Assert.Empty would cut the list off after five.
    private static void AssertNone(IEnumerable<string> violations)
    {
        var list = string.Join('\n', violations.Distinct().Order(StringComparer.Ordinal));
        Assert.True(list.Length == 0, "\n" + list);
    }
}
