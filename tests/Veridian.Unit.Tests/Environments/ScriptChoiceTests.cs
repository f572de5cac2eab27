using System.Text;
using Veridian.Engine.Environments.Activation.Scripts;
using Veridian.Formats.Profile;

namespace Veridian.Unit.Tests.Environments;

public sealed class ScriptChoiceTests
{
    private static readonly string[] Packages = ["a", "b", "c"];

    [Theory]
    [InlineData("", ScriptPolicy.Run, "", "")]
    [InlineData("[profile]\nwithout-scripts = [\"b\", \"z\"]", ScriptPolicy.Run, "b z", "")]
    [InlineData("[profile]\nscripts = \"native\"\nwithout-scripts = [\"b\"]", ScriptPolicy.Native, "b", "")]
    [InlineData("[profile]\nscripts = \"none\"", ScriptPolicy.None, "", "")]
    [InlineData("[packages]\na = { scripts = \"native\" }", ScriptPolicy.Run, "a", "")]
    [InlineData("[packages]\na = { scripts = \"none\" }", ScriptPolicy.Run, "a", "a")]
    [InlineData("[profile]\nwithout-scripts = [\"a\", \"b\"]\n[packages]\na = { scripts = \"run\" }", ScriptPolicy.Run, "b", "")]
    [InlineData("[profile]\nscripts = \"native\"\n[packages]\na = { scripts = \"run\" }", ScriptPolicy.Run, "b c", "")]
    [InlineData("[profile]\nscripts = \"none\"\n[packages]\na = { scripts = \"native\" }", ScriptPolicy.Native, "", "b c")]
    [InlineData("[packages]\na = { scripts = \"none\" }\nb = { scripts = \"none\" }\nc = { scripts = \"none\" }", ScriptPolicy.None, "", "")]
    public void A_package_has_the_last_word(string profile, ScriptPolicy scripts, string withoutScripts, string withoutEffects)
    {
        var file = ProfileReader.Read(Encoding.UTF8.GetBytes(profile), "vpkg.toml");
        var choice = ScriptChoice.Of(ProfileEvaluator.Evaluate(file, _ => throw new InvalidOperationException(), "linux-amd64", "default"), Packages);
        Assert.Equal((scripts, withoutScripts, withoutEffects), (choice.Scripts, string.Join(' ', choice.WithoutScripts), string.Join(' ', choice.WithoutEffects)));
    }
}
