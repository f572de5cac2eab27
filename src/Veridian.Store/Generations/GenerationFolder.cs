using Veridian.Core.Errors;
using Veridian.Posix;
using Veridian.Store.Files;
using Veridian.Store.Roots;

namespace Veridian.Store.Generations;

/// <summary>The generations of one project, <c>STATE/PROJECT-ID/</c>: which there are, which one is current, and how that changes.</summary>
/// <remarks>Source: <c>store-format/generation/README.md</c>, <c>spec/store.md</c> ST-31 to ST-36.</remarks>
public sealed class GenerationFolder : IDisposable
{
    private const string LastFile = "last";
    private const string LockFile = "lock";

    private readonly StoreRoots _roots;
    private readonly IStoreFiles _files;
    private readonly TimeProvider _time;
    private readonly DirectoryHandle _state;
    private readonly DirectoryHandle _generations;
    private readonly SwitchRunner _switches;

    private GenerationFolder(string path, StoreRoots roots, IStoreFiles files, TimeProvider time)
    {
        (Path, _roots, _files, _time) = (path, roots, files, time);
        _state = DirectoryHandle.Open(path);
        _generations = _state.OpenFolder(GenerationReader.Generations);
        _switches = new SwitchRunner(files, _state, _generations, GenerationReader.CurrentLink);
    }

    /// <summary>The folder, absolute.</summary>
    public string Path { get; }

    private string ProjectId => System.IO.Path.GetFileName(Path);

    /// <summary>Opens a project's state folder, after making it if it is missing.</summary>
    /// <param name="path">Its last component is the project id: at most 100 of <c>a-z 0-9 - _ .</c>.</param>
    /// <param name="roots">The roots of the store that the generations' environments are in.</param>
    /// <param name="files">How disk operations are done.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="StorageException">It cannot be made or opened.</exception>
    public static GenerationFolder Open(string path, StoreRoots roots, IStoreFiles files, TimeProvider time)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        var id = System.IO.Path.GetFileName(full);
        if (id.Length > 100 || !StoreRoots.IsId(id))
        {
            throw new ArgumentException($"'{id}' is no project id.", nameof(path));
        }

        StoreLayout.MakeParents(full);
        if (PathLookup.TypeOf($"{full}/{GenerationReader.Generations}") is null)
        {
            using var state = DirectoryHandle.Open(full);
            files.MakeDirectory(state, GenerationReader.Generations);
        }

        return new GenerationFolder(full, roots, files, time);
    }

    /// <summary>The current generation; null if there is none. One link and one small file are read: fit for every start of every program.</summary>
    /// <param name="path">The project's state folder, which need not exist.</param>
    /// <exception cref="StoreDamagedException">The link points to what is not there, or the record is damaged.</exception>
    public static GenerationRecord? ReadCurrent(string path)
    {
        using var state = DirectoryHandle.TryOpen(path);
        return state is null ? null : GenerationReader.ReadCurrent(state);
    }

    /// <summary>The current generation; null if there is none.</summary>
    /// <exception cref="StoreDamagedException">The link points to what is not there, or the record is damaged.</exception>
    public GenerationRecord? Current() => GenerationReader.ReadCurrent(_state);

    /// <summary>All generations in ascending order. One that cannot be read is an error.</summary>
    public IReadOnlyList<GenerationRecord> List() => [.. Numbers().Order().Select(Find).OfType<GenerationRecord>()];

    /// <summary>The number of the current generation; null if there is none. One link is read.</summary>
    public int? NumberOfCurrent() => GenerationReader.CurrentNumber(_state);

    /// <summary>The newest generation older than another one; null if there is none.</summary>
    public int? NumberBefore(int number)
    {
        int? best = null;
        foreach (var (name, _) in Entries.List(_generations))
        {
            if (GenerationReader.NumberOf(name) is { } other && other < number && !(other <= best))
            {
                best = other;
            }
        }

        return best;
    }

    /// <summary>One generation; null if there is none of that number.</summary>
    public GenerationRecord? Find(int number) => GenerationReader.ReadRecord(_state, number);

    /// <summary>The absolute path of a generation's folder.</summary>
    public string FolderOf(int number) => _generations.PathOf(GenerationReader.NameOf(number));

    /// <summary>The profile as it was in a generation.</summary>
    /// <exception cref="StoreDamagedException">It is missing.</exception>
    public byte[] ReadProfile(int number) => GenerationReader.ReadFile(_generations, number, GenerationWriter.Profile);

    /// <summary>The lock file as it was in a generation.</summary>
    /// <exception cref="StoreDamagedException">It is missing.</exception>
    public byte[] ReadLock(int number) => GenerationReader.ReadFile(_generations, number, GenerationWriter.Lock);

    /// <summary>
    /// Makes a new generation current and writes lock and profile, in this order. A failure before the decision is on disk
    /// leaves all as it was; after that, the next call of any changing method completes it.
    /// </summary>
    /// <exception cref="BusyException">Another command works on this project for longer than <paramref name="wait"/>.</exception>
    public GenerationRecord Publish(GenerationDraft draft, ProjectFiles project, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var alone = Lock(wait, cancellationToken);
        _switches.Recover(project);
        var number = Math.Max(Numbers().DefaultIfEmpty().Max(), LastNumber()) + 1;
        var record = new GenerationRecord
        {
            Number = number,
            Time = DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds()),
            Command = draft.Command,
            Environment = draft.Environment,
            Lenders = draft.Lenders,
            Closure = draft.Closure,
            Includes = [.. draft.Includes.Select(i => i.Name)],
        };
        PendingSwitch pending;
        try
        {
            var staged = new GenerationWriter(_files, _generations).Stage(record, draft);
            _roots.Write(RootFor(record, project));
            pending = new PendingSwitch(number, staged, PendingFile.For(project.Lock, draft.Lock), PendingFile.For(project.Profile, draft.Profile));
            _switches.Decide(pending, draft.Lock, draft.Profile);
        }
        catch
        {
            Withdraw(number, project);
            throw;
        }

        _switches.Complete(pending);
        return record;
    }

    /// <summary>Makes an earlier or later generation current again and puts its lock and profile in place.</summary>
    /// <param name="number">Which one.</param>
    /// <param name="project">The files to write.</param>
    /// <param name="keepFiles">Leave the project's profile and lock as they are; only the environment goes back.</param>
    /// <param name="force">Save edits of the profile aside instead of refusing.</param>
    /// <param name="wait">How long to wait for another command on this project.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="InvalidInputException">There is no such generation, or the profile has edits that no generation holds.</exception>
    /// <exception cref="BusyException">Another command works on this project for longer.</exception>
    public void Switch(int number, ProjectFiles project, bool keepFiles, bool force, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var alone = Lock(wait, cancellationToken);
        _switches.CompleteDecided();
        if (!Has(number))
        {
            throw NoSuch(number);
        }

        if (!keepFiles && HasUncommittedEdits(project))
        {
            ProtectEdits(project, force);
        }

        KeepAlive(number, project);
        var (lockBytes, profileBytes) = (ReadLock(number), ReadProfile(number));
        var pending = keepFiles
            ? new PendingSwitch(number, "", PendingFile.Left, PendingFile.Left)
            : new PendingSwitch(number, "", PendingFile.For(project.Lock, lockBytes), PendingFile.For(project.Profile, profileBytes));
        _switches.Decide(pending, lockBytes, profileBytes);
        _switches.Complete(pending);
    }

    /// <summary>
    /// Whether the profile differs from what the current generation was made from. False if there is no generation or no
    /// profile; true if the current generation is damaged, so that nobody can tell.
    /// </summary>
    public bool HasUncommittedEdits(ProjectFiles project) =>
        GenerationReader.CurrentNumber(_state) is { } number && ProjectFile.Read(project.Profile) is { } bytes
        && !bytes.AsSpan().SequenceEqual(SmallFiles.TryRead(_generations, $"{GenerationReader.NameOf(number)}/{GenerationWriter.Profile}", GenerationReader.Limit));

    /// <summary>Marks a generation to be kept, or takes the mark away.</summary>
    /// <exception cref="InvalidInputException">There is no such generation.</exception>
    /// <exception cref="BusyException">Another command works on this project for longer than <paramref name="wait"/>.</exception>
    public void Pin(int number, bool pinned, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var alone = Lock(wait, cancellationToken);
        var record = Find(number) ?? throw NoSuch(number);
        using var folder = _generations.OpenFolder(GenerationReader.NameOf(number));
        if (pinned && !record.Pinned)
        {
            _files.Create(folder, GenerationReader.PinFile).Dispose();
        }
        else if (!pinned)
        {
            _files.Remove(folder, GenerationReader.PinFile, isDirectory: false);
        }

        _files.SyncDirectory(folder);
    }

    /// <summary>Forgets a generation and its root; its number is not used again.</summary>
    /// <exception cref="InvalidInputException">There is no such generation, or it is the current one or pinned.</exception>
    /// <exception cref="BusyException">Another command works on this project for longer than <paramref name="wait"/>.</exception>
    public void Delete(int number, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var alone = Lock(wait, cancellationToken);
        _switches.Recover(null);
        var record = Find(number) ?? throw NoSuch(number);
        if (record.Pinned || GenerationReader.CurrentNumber(_state) == number)
        {
            throw new InvalidInputException(ErrorCodes.Usage,
                $"Generation {number} is {(record.Pinned ? "pinned" : "the current one")}.",
                record.Pinned ? "Unpin it first." : "Switch to another generation first.");
        }

        Forget(number);
    }

    /// <summary>The same for one that was seen before this call: since then another command may have forgotten it, pinned it or made it current.</summary>
    /// <returns>Whether it was forgotten here.</returns>
    /// <exception cref="BusyException">Another command works on this project for longer than <paramref name="wait"/>.</exception>
    public bool DeleteIfUnneeded(int number, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var alone = Lock(wait, cancellationToken);
        _switches.Recover(null);
        if (Find(number) is not { Pinned: false } || GenerationReader.CurrentNumber(_state) == number)
        {
            return false;
        }

        Forget(number);
        return true;
    }

    private void Forget(int number)
    {
        if (number > LastNumber())
        {
            SmallFiles.Replace(_files, _state, LastFile, System.Text.Encoding.ASCII.GetBytes(GenerationReader.NameOf(number) + "\n"));
        }

        var dead = TemporaryName.Prefix + TemporaryName.Random();
        _files.Rename(_generations, GenerationReader.NameOf(number), _generations, dead, RenameMode.KeepExisting);
        _files.SyncDirectory(_generations);
        _roots.Remove(RootId(number));
        new TreeRemover(_files).Remove(_generations, dead);
    }

    /// <summary>The numbers of generations that nothing in the store keeps, because somebody removed their roots.</summary>
    public IReadOnlyList<int> Unkept() => [.. Numbers().Where(number => !_roots.Has(RootId(number))).Order()];

    /// <summary>Writes the roots of such generations anew.</summary>
    /// <exception cref="BusyException">Another command works on this project for longer than <paramref name="wait"/>.</exception>
    public void KeepAll(ProjectFiles project, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var alone = Lock(wait, cancellationToken);
        foreach (var number in Unkept())
        {
            KeepAlive(number, project);
        }
    }

    /// <summary>Completes a switch that was cut off and clears what an undecided one left; true if there was one to complete.</summary>
    /// <exception cref="BusyException">Another command works on this project for longer than <paramref name="wait"/>.</exception>
    /// <param name="project">Beside which files an undecided switch may have left some; null to leave these to the project's next command.</param>
    /// <param name="wait">How long to wait for another command on this project.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public bool Recover(ProjectFiles? project, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var alone = Lock(wait, cancellationToken);
        return _switches.Recover(project);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _generations.Dispose();
        _state.Dispose();
    }

    private static InvalidInputException NoSuch(int number) => new(ErrorCodes.NoSuchGeneration,
        $"There is no generation {number}.", "Choose one of 'vpkg generations'.");

    private IEnumerable<int> Numbers() => Entries.List(_generations).Select(e => GenerationReader.NumberOf(e.Name)).OfType<int>();

    private int LastNumber() => SmallFiles.TryRead(_state, LastFile, 64) is { } bytes
        ? GenerationReader.NumberOf(System.Text.Encoding.ASCII.GetString(bytes).TrimEnd('\n')) ?? 0
        : 0;

    private bool Has(int number) => Entries.Status(_generations, $"{GenerationReader.NameOf(number)}/{GenerationWriter.Record}") is not null;

    /// <summary>A generation's root never changes; only one that somebody removed is written again.</summary>
    private void KeepAlive(int number, ProjectFiles project)
    {
        if (_roots.Has(RootId(number)))
        {
            _roots.Touch(RootId(number));
            return;
        }

        _roots.Write(RootFor(Find(number) ?? throw NoSuch(number), project));
    }

    private string RootId(int number) => $"{ProjectId}-{GenerationReader.NameOf(number)}";

    private RootRecord RootFor(GenerationRecord record, ProjectFiles project) => new()
    {
        Id = RootId(record.Number),
        Kind = "generation",
        Project = project.Profile,
        Generation = FolderOf(record.Number),
        Environments = [record.Environment, .. record.Lenders],
        Objects = record.Closure,
    };

    private FileLock Lock(TimeSpan wait, CancellationToken cancellationToken) =>
        FileLock.Wait(_state.PathOf(LockFile), exclusive: true, wait, _time, cancellationToken)
        ?? throw new BusyException(ErrorCodes.ProfileBusy,
            $"The generations in '{Path}' are in use by {LockHolders.Describe(_state, LockFile)}, still after {wait.TotalSeconds:0.#} s.",
            "Wait for it to end, then run the command again.");

    private void ProtectEdits(ProjectFiles project, bool force)
    {
        if (!force)
        {
            throw new InvalidInputException(ErrorCodes.UncommittedEdits,
                $"'{project.Profile}' has edits that are in no generation and would be lost.",
                "Run 'vpkg apply' to keep them, or use --force to save them aside.", new SourceSpan(project.Profile, 0, 0));
        }

        ProjectFile.SaveAside(_files, project.Profile, ProjectFile.Read(project.Profile)!);
    }

    /// <summary>Takes back what an undecided publish has left; a decided one stays decided.</summary>
    private void Withdraw(int number, ProjectFiles project)
    {
        try
        {
            if (PendingSwitch.TryRead(_state) is null)
            {
                _switches.ClearStaged(project);
                _roots.Remove(RootId(number));
            }
        }
        catch (Exception)
        {
            // The failure that brought us here is the one to report; the next command clears up.
        }
    }
}
