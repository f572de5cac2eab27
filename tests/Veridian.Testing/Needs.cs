namespace Veridian.Testing;

/// <summary>What a test needs from the machine it runs on, beyond the working copy and .NET.</summary>
[Flags]
public enum Needs
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The folder of <see cref="Testing.TestData"/>.</summary>
    TestData = 1,

    /// <summary>A <c>bwrap</c> that can make a user namespace here.</summary>
    Bubblewrap = 2,

    /// <summary>A Debian source of the host's own apt that answers. Never met where <c>VPKG_TEST_OFFLINE=1</c>.</summary>
    Mirror = 4,

    /// <summary><c>dpkg-deb</c>, to make and take apart packages.</summary>
    DpkgDeb = 8,

    /// <summary><c>gpgv</c>.</summary>
    Gpgv = 16,

    /// <summary>The <c>xz</c> program.</summary>
    Xz = 32,

    /// <summary>Running as an ordinary account, or as root with <c>setpriv</c> to become one.</summary>
    UnprivilegedUser = 64,

    /// <summary><c>libz3.so.4</c>.</summary>
    Z3 = 128,

    /// <summary><c>bash</c>.</summary>
    Bash = 256,

    /// <summary><c>zsh</c>.</summary>
    Zsh = 512,

    /// <summary><c>fish</c>.</summary>
    Fish = 1024,

    /// <summary><c>python3</c>, for its pseudo-terminals.</summary>
    Python = 2048,

    /// <summary>Linux 6.14 or newer, where a process namespace has a limit of its own.</summary>
    NamespaceLimits = 4096,

    /// <summary>The package <c>xml-core</c>, with its tool for catalogues.</summary>
    XmlCore = 8192,
}
