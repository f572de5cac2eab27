namespace Veridian.Posix;

/// <summary>The one modification time of everything in a store: 2000-01-01T00:00:00Z.</summary>
/// <remarks>Source: <c>store-format/tree/README.md</c> TR-6. Not zero, and not before 1980: zip writers refuse such times.</remarks>
public static class FixedTime
{
    /// <summary>Seconds since 1970.</summary>
    public const long UnixSeconds = 946_684_800;
}
