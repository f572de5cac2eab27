namespace Veridian.Posix;

/// <summary>The account this process acts for.</summary>
public static class ProcessOwner
{
    /// <summary>Effective user and group numbers.</summary>
    public static (int User, int Group) Read() => ((int)LibC.EffectiveUser(), (int)LibC.EffectiveGroup());
}
