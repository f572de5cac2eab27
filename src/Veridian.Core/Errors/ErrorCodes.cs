namespace Veridian.Core.Errors;

/// <summary>Every error id there is. <c>spec/errors.md</c> describes each; a test compares the two.</summary>
public static class ErrorCodes
{
#pragma warning disable CS1591 // the title is the documentation
    // VS0xxx: our own bugs
    public static readonly ErrorCode Unexpected = new("VS0001", "unexpected failure inside the program");
    public static readonly ErrorCode AnswerCheckFailed = new("VS0002", "the solver's answer did not pass its own check");

    // VS1xxx: input and usage
    public static readonly ErrorCode TomlSyntax = new("VS1001", "TOML syntax error");
    public static readonly ErrorCode ProfileUnknownKey = new("VS1002", "unknown key in a profile");
    public static readonly ErrorCode ProfileValue = new("VS1003", "wrong value in a profile");
    public static readonly ErrorCode ProfileMissing = new("VS1004", "no profile found");
    public static readonly ErrorCode ProfileInclude = new("VS1005", "include cannot be read, conflicts or is cyclic");
    public static readonly ErrorCode SpecSyntax = new("VS1006", "package spec cannot be read");
    public static readonly ErrorCode ConstraintSyntax = new("VS1007", "version constraint cannot be read");
    public static readonly ErrorCode LockSyntax = new("VS1008", "lock file cannot be read");
    public static readonly ErrorCode LockConflictMarkers = new("VS1009", "lock file holds conflict markers");
    public static readonly ErrorCode LockOutdated = new("VS1010", "lock file does not fit the profile");
    public static readonly ErrorCode LockMissing = new("VS1011", "no lock file");
    public static readonly ErrorCode Usage = new("VS1012", "wrong command line");
    public static readonly ErrorCode ConfirmationNeeded = new("VS1013", "the plan needs a yes and nobody can be asked");
    public static readonly ErrorCode UncommittedEdits = new("VS1014", "the profile has edits that a rollback would overwrite");
    public static readonly ErrorCode NoSuchGeneration = new("VS1015", "no such generation");
    public static readonly ErrorCode FileConflict = new("VS1016", "two packages own the same file");
    public static readonly ErrorCode ForeignArchitecture = new("VS1017", "foreign architectures are not supported");
    public static readonly ErrorCode AlreadyExists = new("VS1018", "the file is already there");
    public static readonly ErrorCode VariableUnknown = new("VS1019", "a variable is not declared or is cyclic");
    public static readonly ErrorCode AptSource = new("VS1020", "apt source entry cannot be used");
    public static readonly ErrorCode CommandNotFound = new("VS1021", "no such command in the environment");
    public static readonly ErrorCode NotInProfile = new("VS1022", "the package is not in the profile");
    public static readonly ErrorCode PlanOutdated = new("VS1023", "saved plan no longer fits");
    public static readonly ErrorCode PlanFileInvalid = new("VS1024", "saved plan cannot be read");
    public static readonly ErrorCode ConfigurationKey = new("VS1025", "unknown configuration key or value");
    public static readonly ErrorCode LocksNotMergeable = new("VS1026", "two locks cannot be merged");
    public static readonly ErrorCode NotApplied = new("VS1027", "the profile has not been applied yet");
    public static readonly ErrorCode OtherProgram = new("VS1028", "the profile is for another version of the program");

    // VS2xxx: solving
    public static readonly ErrorCode Unsolvable = new("VS2001", "requirements contradict each other");
    public static readonly ErrorCode NoMatchingPackage = new("VS2002", "no package of that name");
    public static readonly ErrorCode NoMatchingVersion = new("VS2003", "no version satisfies the constraint");
    public static readonly ErrorCode SolveUndecided = new("VS2004", "no answer within the time allowed");

    // VS3xxx: trust
    public static readonly ErrorCode SignatureMissing = new("VS3001", "metadata is not signed");
    public static readonly ErrorCode SignatureInvalid = new("VS3002", "signature does not verify");
    public static readonly ErrorCode SignatureUnknownKey = new("VS3003", "signed by a key that is not trusted");
    public static readonly ErrorCode SignedTextAround = new("VS3004", "text outside the signed block");
    public static readonly ErrorCode MetadataExpired = new("VS3005", "metadata has expired");
    public static readonly ErrorCode MetadataRolledBack = new("VS3006", "metadata is older than what was seen before");
    public static readonly ErrorCode DigestMismatch = new("VS3007", "digest differs from what was signed");
    public static readonly ErrorCode SizeMismatch = new("VS3008", "size differs from what was signed");
    public static readonly ErrorCode ArchiveRefused = new("VS3009", "package archive is malformed or hostile");
    public static readonly ErrorCode MetadataMalformed = new("VS3010", "repository metadata is malformed");
    public static readonly ErrorCode RepositoryUntrusted = new("VS3011", "repository has no key");
    public static readonly ErrorCode ClockWrong = new("VS3012", "the clock is behind signed metadata");

    // VS4xxx: network and availability
    public static readonly ErrorCode DownloadFailed = new("VS4001", "download failed");
    public static readonly ErrorCode Offline = new("VS4002", "the network is needed and --offline forbids it");
    public static readonly ErrorCode PackageGone = new("VS4003", "no mirror has the locked package any more");
    public static readonly ErrorCode NativeLibraryMissing = new("VS4004", "a native library or tool is missing");
    public static readonly ErrorCode NamespacesForbidden = new("VS4005", "user namespaces are not allowed here");
    public static readonly ErrorCode NoRepository = new("VS4006", "no package repository is configured");
    public static readonly ErrorCode TimeNotKept = new("VS4007", "a repository does not keep what it had at the time asked for");

    // VS5xxx: builds and activation
    public static readonly ErrorCode ActivationFailed = new("VS5001", "activation step failed");

    // VS60xx: storage
    public static readonly ErrorCode DiskFull = new("VS6001", "disk full");
    public static readonly ErrorCode ReadOnly = new("VS6002", "read-only or not permitted");
    public static readonly ErrorCode InputOutput = new("VS6003", "input or output error");
    public static readonly ErrorCode OutOfResources = new("VS6004", "out of descriptors or memory");

    // VS61xx: damage
    public static readonly ErrorCode StoreDamaged = new("VS6101", "store differs from its manifests");
    public static readonly ErrorCode StoreFormatUnknown = new("VS6102", "store was made by a newer version");

    // VS62xx: maintainer scripts
    public static readonly ErrorCode ScriptFailed = new("VS6201", "a maintainer script failed");
    public static readonly ErrorCode ScriptOverLimit = new("VS6202", "a maintainer script used more than it may");
    public static readonly ErrorCode OverlayForbidden = new("VS6203", "overlay mounts are not allowed here");

    // VS63xx: running
    public static readonly ErrorCode NoSuchCommand = new("VS6301", "no such command");
    public static readonly ErrorCode NotExecutable = new("VS6302", "the command cannot be executed");
    public static readonly ErrorCode NotEntered = new("VS6311", "the environment cannot be entered");

    // VS7xxx: locks
    public static readonly ErrorCode ProfileBusy = new("VS7001", "another command works on this profile");
    public static readonly ErrorCode StoreBusy = new("VS7002", "another command works on this store");
#pragma warning restore CS1591
}
