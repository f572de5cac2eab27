namespace Veridian.Posix;

/// <summary>What a rename does with a name that is taken.</summary>
public enum RenameMode
{
    /// <summary>Replaces it in one step.</summary>
    Replace = 0,

    /// <summary>Leaves it, and reports so.</summary>
    KeepExisting = 1,

    /// <summary>Swaps the two.</summary>
    Exchange = 2,
}
