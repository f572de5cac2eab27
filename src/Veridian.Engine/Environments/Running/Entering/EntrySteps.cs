using Veridian.Build.Sandbox;
using Veridian.Engine.Environments.Activation;
using Veridian.Engine.Environments.Composing;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Running.Entering;

/// <summary>The calls of the kernel that lead into an environment, in order: pure, the same for every command.</summary>
/// <remarks>
/// Source: <c>spec/environments.md</c> E-17 to E-20, E-60, E-69. Everything that is laid over the host's root is taken first, because
/// laying <c>/usr</c> hides what is taken from there. Nothing is mounted that another process can see.
/// </remarks>
internal static class EntrySteps
{
    /// <summary>Bytes of a line for <c>uid_map</c> or <c>gid_map</c>: two numbers of ten digits and a count.</summary>
    public const int MapBytes = 24;

    private const int Write = 1, GetWorkingDirectory = 79, ChangeDirectory = 80, ProcessControl = 157, PivotRoot = 155, Mount = 165, Unmount = 166, OpenAt = 257, MakeDirectoryAt = 258, ChangeOwnerAt = 260, ChangeModeAt = 268, Unshare = 272;
    private const int OpenTree = 428, MoveMount = 429, SetMountAttributes = 442;

    private const int NewUserNamespace = 0x10000000, NewMountNamespace = 0x20000;
    private const int WriteOnly = 1, CloseOnExec = 0x80000;
    private const int WorkingDirectory = -100;
    private const int Recursive = 0x8000, EmptyPath = 4, CloneTree = 1;
    private const int SlaveAndBelow = 0x80000 | 0x4000;
    private const int ReadOnly = 1, End = 231;
    private const int BindAndBelow = 0x1000 | 0x4000, Detach = 2;
    private const int NoSetId = 2, NoDevices = 4;
    private const int NoNewPrivileges = 38, DropFromBoundingSet = 24;

    // Each of them would let root change the environment, or reach into a process outside that can. CAP_SYS_MODULE, _RAWIO, _PTRACE, _ADMIN.
    private static readonly int[] Dropped = [16, 17, 19, 21];

    /// <summary>For an ordinary account: a user namespace of its own, in which it keeps its number.</summary>
    public static IReadOnlyList<KernelCall> AsUser { get; } =
    [
        new(Unshare, NewUserNamespace | NewMountNamespace) { Needed = "a user namespace" },
        .. WriteTo("/proc/self/setgroups", "deny", 4, needed: null),
        .. WriteTo("/proc/self/uid_map", new KernelArgument.Place(EntryPlace.UserMap), MapBytes, "the map of user ids"),
        .. WriteTo("/proc/self/gid_map", new KernelArgument.Place(EntryPlace.GroupMap), MapBytes, "the map of group ids"),
    ];

    /// <summary>For root, who needs none; where root may not, the steps of an ordinary account follow.</summary>
    public static IReadOnlyList<KernelCall> AsRoot { get; } = [new(Unshare, NewMountNamespace)];

    /// <summary>What follows for everybody.</summary>
    public static IReadOnlyList<KernelCall> Of(RunSettings settings)
    {
        List<KernelCall> calls = [new(GetWorkingDirectory, new KernelArgument.Place(EntryPlace.Folder), 4096), .. AloneInMounts];
        var mounts = Mounts(settings);
        var taken = new Dictionary<Laid, int>();
        // What is laid over one another comes last: no tree that is taken later shows it.
        foreach (var mount in mounts.OrderBy(mount => mount.Below is not null))
        {
            calls.AddRange(Take(mount, settings.StoreFolder));
            taken[mount] = calls.Count - 1;
        }

        foreach (var mount in mounts)
        {
            if (mount.Target == StandardFiles.GenerationFolder)
            {
                calls.AddRange(Runtime(settings));
            }

            if (mount.MakesTarget)
            {
                calls.Add(new(MakeDirectoryAt, WorkingDirectory, mount.Target, 0x1ED));
            }

            calls.Add(new(MoveMount, new KernelArgument.Answer(calls.Count - taken[mount]), "", WorkingDirectory, mount.Target, EmptyPath) { Needed = mount.Optional ? null : $"'{mount.Target}'" });
            if (mount.ReadOnly)
            {
                calls.Add(new(SetMountAttributes, WorkingDirectory, mount.Target, Recursive, new KernelArgument.Place(EntryPlace.ReadOnly), 32)
                {
                    Needed = mount.Optional ? null : $"'{mount.Target}' read-only",
                });
            }
        }

        calls.Add(new(ProcessControl, NoNewPrivileges, 1, 0, 0, 0) { Needed = "no new privileges" });
        calls.AddRange(Dropped.Select(capability => new KernelCall(ProcessControl, DropFromBoundingSet, capability, 0, 0, 0)));
        // The working directory is entered again, through the mounts: it may lie in the store.
        calls.Add(new(ChangeDirectory, "/") { Needed = "'/'" });
        calls.Add(new(ChangeDirectory, new KernelArgument.Place(EntryPlace.Folder)));
        return calls;
    }

    /// <summary>For a trial whether one directory can be laid over another: nothing else, and no command.</summary>
    /// <param name="upper">Absolute path of one directory.</param>
    /// <param name="lower">Absolute path of the other one.</param>
    public static IReadOnlyList<KernelCall> ToLay(string upper, string lower) => [.. AloneInMounts, .. Take(new Laid(upper, "") { Below = lower }, upper), new(End, 0)];

    private static KernelCall[] AloneInMounts => [new(Mount, 0, "/", 0, SlaveAndBelow, 0) { Needed = "a mount namespace" }];

    /// <summary>Calls of which the last one answers with the tree that is to be laid somewhere.</summary>
    private static IEnumerable<KernelCall> Take(Laid mount, string store)
    {
        if (mount.Below is not { } below)
        {
            return [Tree(mount.Source)];
        }

        // An overlay is made where the environment will cover it, and where it hides nothing that the next one is made of.
        var place = store.StartsWith("/run/", StringComparison.Ordinal) ? "/srv" : "/run";
        return
        [
            new(Mount, "overlay", place, "overlay", ReadOnly | NoSetId | NoDevices, LayerOptions.For(mount.Source, below)) { Needed = $"'{mount.Source}' over '{below}'" },
            Tree(place),
        ];

        KernelCall Tree(string path) => new(OpenTree, WorkingDirectory, path, CloneTree | CloseOnExec | Recursive) { Needed = mount.Optional ? null : $"'{path}'" };
    }

    /// <summary>What is laid where, in order; the first one that lies below <c>/run</c> is the generation's folder.</summary>
    private static List<Laid> Mounts(RunSettings settings)
    {
        List<Laid> mounts = [.. RunArguments.Environment(settings).Select(part => new Laid(part.Bind.Source, part.Bind.Target) { Below = part.Below, ReadOnly = part.Bind.Access == BindAccess.ReadOnly })];
        mounts.Add(new Laid(settings.GenerationFiles, StandardFiles.GenerationFolder) { MakesTarget = true });
        mounts.AddRange(RunArguments.Sockets.Select(path => new Laid(path, path) { MakesTarget = true, Optional = true, ReadOnly = false }));
        mounts.Add(new Laid("/", RunArguments.HostFolder) { MakesTarget = true, ReadOnly = false });
        mounts.AddRange(RunArguments.FromHost(settings).Select(file => new Laid(file.Source, file.Target) { Optional = true }));
        // E-19: last, so that nothing else leads to the store's files in a writable way.
        if (!RunArguments.IsHidden(settings.StoreFolder))
        {
            mounts.Add(new Laid(settings.StoreFolder, settings.StoreFolder));
        }

        mounts.Add(new Laid(settings.StoreFolder, RunArguments.HostFolder + settings.StoreFolder));

        return mounts;
    }

    /// <summary>What leads from an environment back to the host's root, for everybody; the user namespace is one below.</summary>
    public static IReadOnlyList<KernelCall> ToHost { get; } =
    [
        new(GetWorkingDirectory, new KernelArgument.Place(EntryPlace.Folder), 4096),
        .. AloneInMounts,
        new(Mount, RunArguments.HostFolder, RunArguments.HostFolder, 0, BindAndBelow, 0) { Needed = $"'{RunArguments.HostFolder}'" },
        new(ChangeDirectory, RunArguments.HostFolder) { Needed = $"'{RunArguments.HostFolder}'" },
        new(PivotRoot, ".", ".") { Needed = "the host's root" },
        new(Unmount, ".", Detach) { Needed = "the host's root alone" },
        new(ChangeDirectory, "/") { Needed = "'/'" },
        new(ChangeDirectory, new KernelArgument.Place(EntryPlace.Folder)),
    ];

    private static IEnumerable<KernelCall> Runtime(RunSettings settings) =>
    [
        new(Mount, "tmpfs", "/run", "tmpfs", NoSetId | NoDevices, "mode=0755") { Needed = "'/run'" },
        .. ((string[])["/run/var", .. StandardTree.Volatile.Select(name => "/run/var/" + name), "/run/lock"])
            .Select(path => new KernelCall(MakeDirectoryAt, WorkingDirectory, path, 0x1ED) { Needed = $"'{path}'" }),
        // Whoever starts may not be able to give files away: then they stay the caller's.
        .. RunArguments.Folders(settings).SelectMany(folder => (KernelCall[])
        [
            new(MakeDirectoryAt, WorkingDirectory, folder.Path, 0x1ED),
            new(ChangeOwnerAt, WorkingDirectory, folder.Path, folder.Owner, folder.Group, 0),
            new(ChangeModeAt, WorkingDirectory, folder.Path, folder.Mode),
        ]),
    ];

    private static KernelCall[] WriteTo(string path, KernelArgument bytes, int count, string? needed) =>
    [
        new(OpenAt, WorkingDirectory, path, WriteOnly | CloseOnExec, 0) { Needed = needed },
        new(Write, new KernelArgument.Answer(), bytes, count) { Needed = needed },
    ];

    private sealed record Laid(string Source, string Target)
    {
        public bool ReadOnly { get; init; } = true;

        public bool Optional { get; init; }

        /// <summary>What shows where the source has nothing.</summary>
        public string? Below { get; init; }

        /// <summary>Whether the place has to be made first.</summary>
        public bool MakesTarget { get; init; }
    }
}
