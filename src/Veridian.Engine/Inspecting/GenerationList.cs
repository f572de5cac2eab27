using Veridian.Engine.Applying;
using Veridian.Engine.Profiles;
using Veridian.Formats.Lockfile;
using Veridian.Store;
using Veridian.Store.Generations;
using Veridian.Store.Files;

namespace Veridian.Engine.Inspecting;

/// <summary>One generation, as listings show it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Time">When it was made.</param>
/// <param name="Command">What made it.</param>
/// <param name="Packages">How many packages it has.</param>
/// <param name="Current">Whether it is the current one.</param>
/// <param name="Pinned">Whether gc keeps it whatever it is asked.</param>
/// <param name="Environment">Its environment's digest.</param>
public sealed record GenerationSummary(int Number, DateTimeOffset Time, string Command, int Packages, bool Current, bool Pinned, string Environment);

/// <summary>The generations of a profile.</summary>
public static class GenerationList
{
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);

    /// <summary>All of them, oldest first; none where nothing was applied.</summary>
    public static IReadOnlyList<GenerationSummary> Read(Workspace workspace)
    {
        var state = workspace.Locations.ProjectState(workspace.Profile);
        if (GenerationFolder.ReadCurrent(state) is not { } current)
        {
            return [];
        }

        using var store = StoreFolder.Open(workspace.Locations.Store, new PosixStoreFiles(), workspace.Time);
        using var generations = GenerationFolder.Open(state, store.Roots, new PosixStoreFiles(), workspace.Time);
        return
        [
            .. generations.List().OrderBy(record => record.Number)
                .Select(record => new GenerationSummary(
                    record.Number, record.Time, record.Command, record.Closure.Count, record.Number == current.Number, record.Pinned, record.Environment.ToString())),
        ];
    }

    /// <summary>Pins or unpins a generation.</summary>
    public static void Pin(Workspace workspace, int number, bool pinned, CancellationToken cancellationToken) =>
        With(workspace, generations => generations.Pin(number, pinned, Wait, cancellationToken));

    /// <summary>Forgets a generation; never the current one.</summary>
    public static void Delete(Workspace workspace, int number, CancellationToken cancellationToken) =>
        With(workspace, generations => generations.Delete(number, Wait, cancellationToken));

    private static void With(Workspace workspace, Action<GenerationFolder> action)
    {
        using var store = StoreFolder.Open(workspace.Locations.Store, new PosixStoreFiles(), workspace.Time);
        using var generations = GenerationFolder.Open(workspace.Locations.ProjectState(workspace.Profile), store.Roots, new PosixStoreFiles(), workspace.Time);
        action(generations);
    }
}

/// <summary>The difference of two generations.</summary>
/// <param name="From">The older number given.</param>
/// <param name="To">The other number.</param>
/// <param name="Changes">What happened to packages from one to the other.</param>
public sealed record GenerationDiff(int From, int To, IReadOnlyList<PackageChange> Changes)
{
    private const int MaxBytes = 64 << 20;

    /// <summary>Compares; without numbers the current one and the one before it.</summary>
    /// <exception cref="Core.Errors.InvalidInputException">There is no such generation.</exception>
    public static GenerationDiff Between(Workspace workspace, int? from, int? to)
    {
        var numbers = GenerationList.Read(workspace);
        var current = numbers.FirstOrDefault(generation => generation.Current)?.Number ?? 0;
        var second = to ?? current;
        var first = from ?? numbers.LastOrDefault(generation => generation.Number < second)?.Number ?? second;
        return new GenerationDiff(first, second, PackageChange.Between(Selection(workspace, numbers, first), Selection(workspace, numbers, second)));
    }

    private static LockedSelection? Selection(Workspace workspace, IReadOnlyList<GenerationSummary> numbers, int number)
    {
        if (!numbers.Any(generation => generation.Number == number))
        {
            throw new Core.Errors.InvalidInputException(Core.Errors.ErrorCodes.NoSuchGeneration, $"There is no generation {number}.", "Run 'vpkg generations' to see all.");
        }

        var state = workspace.Locations.ProjectState(workspace.Profile);
        var path = Path.Combine(state, "generations", number.ToString(System.Globalization.CultureInfo.InvariantCulture), "lock");
        return BoundedFile.TryRead(path, MaxBytes) is { } bytes
            ? LockFileReader.Read(bytes, $"lock of generation {number}").Find(workspace.Profile.Environment, HostPlatform.Name)
            : null;
    }
}
