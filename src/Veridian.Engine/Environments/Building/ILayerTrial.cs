namespace Veridian.Engine.Environments.Building;

/// <summary>Finds out whether launchers of this host can show one directory of the store over another.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-69.</remarks>
public interface ILayerTrial
{
    /// <summary>For where nothing is laid over anything.</summary>
    public static ILayerTrial Never { get; } = new NoLayers();

    /// <summary>Tries it.</summary>
    /// <param name="scratch">Absolute path of an empty folder on the store's file system.</param>
    /// <param name="cancellationToken">Ends the trial.</param>
    public Task<bool> SucceedsAsync(string scratch, CancellationToken cancellationToken);

    private sealed class NoLayers : ILayerTrial
    {
        public Task<bool> SucceedsAsync(string scratch, CancellationToken cancellationToken) => Task.FromResult(false);
    }
}
