namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>A program that makes one index of what many packages have put into a folder.</summary>
/// <param name="Effect">The index's name in records.</param>
/// <param name="Program">Its path in the tree; a <c>*</c> stands for one name.</param>
/// <param name="Folder">The folder it looks at; a <c>*</c> stands for one name.</param>
/// <param name="Command">A shell line that runs it; <c>$1</c> is the program and <c>$2</c> the folder, both absolute.</param>
/// <param name="Loads">Whether it loads what it finds: then it sees what the packages there depend on, too.</param>
/// <remarks>Source: <c>spec/activation.md</c> A-17 to. It runs once for an environment, when all else is in its place.</remarks>
internal sealed record IndexTool(string Effect, string Program, string Folder, string Command, bool Loads = false)
{
    /// <summary>All of them, in the order in which they run.</summary>
    public static IReadOnlyList<IndexTool> All { get; } =
    [
        new("mime-cache", "usr/bin/update-mime-database", "usr/share/mime/packages", "\"$1\" \"${2%/packages}\""),
        new("desktop-cache", "usr/bin/update-desktop-database", "usr/share/applications", "\"$1\" -q \"$2\""),
        new("icon-cache", "usr/bin/gtk-update-icon-cache", "usr/share/icons/hicolor", "\"$1\" --force --quiet \"$2\" || :"),
        new("glib-schemas", "usr/lib/*/glib-2.0/glib-compile-schemas", "usr/share/glib-2.0/schemas", "\"$1\" \"$2\" || :"),
        new("gio-modules", "usr/lib/*/glib-2.0/gio-querymodules", "usr/lib/*/gio/modules", "\"$1\" \"$2\" || :", Loads: true),
        new("pixbuf-loaders", "usr/lib/*/gdk-pixbuf-2.0/gdk-pixbuf-query-loaders", "usr/lib/*/gdk-pixbuf-2.0/2.10.0/loaders", "\"$1\" \"$2\"/*.so > \"$2.cache\" || :", Loads: true),
        new("gtk-immodules", "usr/lib/*/libgtk-3-0/gtk-query-immodules-3.0", "usr/lib/*/gtk-3.0/3.0.0/immodules", "\"$1\" --update-cache || :", Loads: true),
        new("ghc-packages", "usr/bin/ghc-pkg", "var/lib/ghc/package.conf.d", "\"$1\" recache --global"),
        new("info-index", "usr/sbin/update-info-dir", "usr/share/info", "\"$1\""),
    ];

    private static readonly HashSet<string> Effects = All.Select(tool => tool.Effect).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a word of a record is the name of an index.</summary>
    public static bool Makes(string effect) => Effects.Contains(effect);
}
