using Veridian.Engine.Profiles;
using Veridian.Engine.Repositories;
using Veridian.Engine.Syncing;

namespace Veridian.Engine.Inspecting;

/// <summary>Opens the metadata that listings look things up in.</summary>
internal static class RepositoryMetadata
{
    /// <summary>The metadata of the profile's repositories, or of the host's release where there is no profile; the cached one if it is fresh.</summary>
    public static async ValueTask<SyncedMetadata> OpenAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        var host = HostDebian.Read(workspace);
        var text = ProfileLoader.TryReadText(workspace) ?? Editing.InitialProfile.Text(workspace.Profile);
        var profile = ProfileLoader.Load(workspace, text).Profile;
        var plan = RepositoryPlan.Make(
            profile, ConfiguredRepositories.Read(workspace.Locations), workspace.Profile.Folder, host, HostPlatform.Architecture, AskedTime.Of(workspace, profile));
        using var network = new Network(workspace, host);
        var sync = new MetadataSync(workspace, plan, network);
        return workspace.Settings.Refresh ? await sync.OpenAsync(refresh: true, cancellationToken) : sync.TryOpenCached() ?? await sync.OpenAsync(refresh: false, cancellationToken);
    }
}
