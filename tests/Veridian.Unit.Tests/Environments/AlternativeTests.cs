using Veridian.Engine.Environments.Planning;

namespace Veridian.Unit.Tests.Environments;

public sealed class AlternativeTests
{
    [Fact]
    public void The_highest_priority_wins()
    {
        var plan = TestPackage.Plan(Editor("vim", 30), Editor("emacs", 40));
        Assert.Equal("/usr/bin/emacs", Target(plan, "etc/alternatives", "editor"));
        Assert.Equal("/etc/alternatives/editor", Target(plan, "usr/bin", "editor"));
    }

    [Fact]
    public void A_tie_goes_to_the_smaller_path() =>
        Assert.Equal("/usr/bin/emacs", Target(TestPackage.Plan(Editor("vim", 30), Editor("emacs", 30)), "etc/alternatives", "editor"));

    [Fact]
    public void A_choice_that_is_not_there_does_not_count()
    {
        var absent = new TestPackage("nano").Script("postinst", Script("nano", 90));
        Assert.Equal("/usr/bin/vim", Target(TestPackage.Plan(Editor("vim", 30), absent), "etc/alternatives", "editor"));
    }

    [Fact]
    public void A_choice_may_be_reached_through_links()
    {
        var package = new TestPackage("vim").File("usr/lib/vim/vim", executable: true).Link("usr/bin/vim", "../lib/vim/vim").Script("postinst", Script("vim", 1));
        Assert.Equal("/usr/bin/vim", Target(TestPackage.Plan(package), "etc/alternatives", "editor"));
    }

    [Fact]
    public void Slaves_follow_where_they_exist()
    {
        var script = "#!/bin/sh\nupdate-alternatives --install /usr/bin/editor editor /usr/bin/vim 1 --slave /usr/share/man/man1/editor.1.gz editor.1.gz /usr/share/man/man1/vim.1.gz --slave /usr/share/x editor.x /usr/share/absent\n";
        var plan = TestPackage.Plan(new TestPackage("vim").File("usr/bin/vim").File("usr/share/man/man1/vim.1.gz").Script("postinst", script));
        Assert.Equal("/etc/alternatives/editor.1.gz", Target(plan, "usr/share/man/man1", "editor.1.gz"));
        Assert.False(plan.Root.Find("usr/share")!.Files.ContainsKey("x"));
    }

    [Fact]
    public void A_packages_own_file_stays()
    {
        var plan = TestPackage.Plan(Editor("vim", 30), new TestPackage("other").File("usr/bin/editor", "real"));
        Assert.Equal("", plan.Root.Find("usr/bin")!.Files["editor"].Entry.Target);
    }

    private static TestPackage Editor(string name, int priority) =>
        new TestPackage(name).File("usr/bin/" + name, name, executable: true).Script("postinst", Script(name, priority));

    private static string Script(string name, int priority) =>
        $"#!/bin/sh\nset -e\nupdate-alternatives --install /usr/bin/editor editor /usr/bin/{name} {priority}\n";

    private static string Target(EnvironmentPlan plan, string folder, string name) => plan.Root.Find(folder)!.Files[name].Entry.Target;
}
