using System.Text;
using Veridian.Formats.Profile;

namespace Veridian.Unit.Tests.Formats.Profile;

public sealed class ProfileEditorTests
{
    private const string Start = "# mine\n[packages]\njq = \"*\" # json\n";

    [Fact]
    public void Asking_for_a_package_again_changes_the_version_and_keeps_its_options()
    {
        var editor = Open("[packages]\njq = { version = \"*\", hold = \"x\" } # json\n");
        editor.SetPackage("jq", "1.6.*", repository: "debian", features: ["a"]);
        Assert.Equal("[packages]\njq = { version = \"1.6.*\", hold = \"x\", repository = \"debian\", features = [\"a\"] } # json\n", Text(editor));

        editor = Open("[packages.jq]\nversion = \"*\"\nhold = true\n");
        editor.SetPackage("jq", "1.6.*");
        Assert.Equal("[packages.jq]\nversion = \"1.6.*\"\nhold = true\n", Text(editor));
    }

    [Fact]
    public void A_new_package_is_one_line_and_leaves_without_a_trace()
    {
        var editor = Open(Start);
        editor.SetPackage("ripgrep", ">=13");
        Assert.Equal(Start + "ripgrep = \">=13\"\n", Text(editor));
        Assert.True(editor.RemovePackage("ripgrep"));
        Assert.False(editor.RemovePackage("ripgrep"));
        Assert.Equal(Start, Text(editor));
    }

    [Fact]
    public void A_package_of_an_environment_goes_to_the_table_of_the_environment()
    {
        var editor = Open(Start);
        editor.SetPackage("gdb", "*", environment: "test");
        Assert.Equal(Start + "\n[environment.test.packages]\ngdb = \"*\"\n", Text(editor));
        Assert.Equal("gdb", editor.Read().Environments["test"].Packages.Single().Name);
    }

    [Fact]
    public void Holding_and_releasing_gives_the_first_text_back()
    {
        var editor = Open(Start);
        Assert.True(editor.Hold("jq", "plugin"));
        Assert.Equal("# mine\n[packages]\njq = { version = \"*\", hold = \"plugin\" } # json\n", Text(editor));
        Assert.True(editor.Unhold("jq"));
        Assert.Equal(Start, Text(editor));
        Assert.False(editor.Unhold("jq"));
        Assert.False(editor.Hold("gdb"));
    }

    [Fact]
    public void Releasing_never_drops_the_package()
    {
        var editor = Open("[packages]\njq.hold = true\n");
        Assert.True(editor.Unhold("jq"));
        Assert.Equal("[packages]\njq = \"*\"\n", Text(editor));
    }

    private static ProfileEditor Open(string text) => new(Encoding.UTF8.GetBytes(text), "vpkg.toml");

    private static string Text(ProfileEditor editor) => Encoding.UTF8.GetString(editor.ToUtf8());
}
