using System.Text;
using Veridian.Core.Errors;
using Veridian.Integration.Tests.Trust;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Engine;

/// <summary>A whole apply from a repository that somebody signs: trusted with the key, refused with anything else.</summary>
public sealed class SignedRepositoryTests
{
    [NeedsFact(Needs.Gpgv)]
    public async Task A_repository_is_believed_with_its_key_and_refused_with_anything_else()
    {
        using var key = OwnKey.TryMake();
        using var stranger = OwnKey.TryMake();
        if (key is null || stranger is null)
        {
            return;
        }

        using var project = new Project();
        project.Repository.Sign = text => key.ClearSign(text);
        project.Repository.Add(TinyPackage.Plain("alpha"), TinyPackage.Plain("beta")).Publish();
        Write(project, key, "alpha = \"*\"");

        // Decision 10: a key that nobody vouched for before needs a yes.
        Assert.Single((await project.PlanAsync()).NewlyTrusted);
        await project.ApplyAsync();
        Assert.Empty((await project.PlanAsync()).NewlyTrusted);

        project.Repository.Sign = text => stranger.ClearSign(text);
        await RefusedAsync(project, ErrorCodes.SignatureUnknownKey);
        project.Repository.Sign = text => text;
        await RefusedAsync(project, ErrorCodes.SignatureMissing);
        project.Repository.Sign = text => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(key.ClearSign(text)).Replace("Origin: Test", "Origin: Tost", StringComparison.Ordinal));
        await RefusedAsync(project, ErrorCodes.SignatureInvalid);
        project.Repository.Sign = text => [.. "Package: evil\n"u8, .. key.ClearSign(text)];
        await RefusedAsync(project, ErrorCodes.SignedTextAround);

        project.Repository.Sign = text => key.ClearSign(text);
        project.Repository.Publish();
        Write(project, key, "beta = \"*\"");
        Assert.Equal(2, (await project.ApplyAsync(move: [])).Generation);
    }

    private static async Task RefusedAsync(Project project, ErrorCode code)
    {
        project.Repository.Publish();
        var refused = await Assert.ThrowsAsync<UntrustedException>(() => project.ApplyAsync("update", move: []));
        Assert.Equal(code, refused.Code);
        Assert.Equal(1, project.Current()!.Number);
    }

    private static void Write(Project project, OwnKey key, string packages)
    {
        // Relative to the profile, not to wherever the command is started.
        Directory.CreateDirectory(Path.Combine(project.Folder, "keys"));
        File.WriteAllBytes(Path.Combine(project.Folder, "keys/key.asc"), key.ExportArmored());
        File.WriteAllText(project.ProfilePath, Encoding.UTF8.GetString(project.Text(packages))
            .Replace("trust = \"unsigned\"", "signed-by = \"keys/key.asc\"", StringComparison.Ordinal));
    }
}
