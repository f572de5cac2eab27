using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Veridian.Posix;

/// <summary>
/// Opens a path below a directory without following any symbolic link: <c>openat2</c>, or, where a sandbox hides that
/// call, one <c>openat(O_NOFOLLOW)</c> per component. A package cannot make us write outside its tree.
/// </summary>
internal static unsafe class OpenBeneath
{
    private static volatile bool _missing;

    /// <summary>A descriptor, or -1 with the error number set.</summary>
    public static int Open(SafeFileHandle folder, string path, int flags, uint mode)
    {
        var added = false;
        try
        {
            folder.DangerousAddRef(ref added);
            var root = (int)folder.DangerousGetHandle();
            return _missing ? Walk(root, path, flags, mode) : Call(root, path, flags, mode);
        }
        finally
        {
            if (added)
            {
                folder.DangerousRelease();
            }
        }
    }

    private static int Call(int root, string path, int flags, uint mode)
    {
        var how = new LibC.OpenHow
        {
            Flags = (ulong)(uint)(flags | LibC.OpenCloseOnExec | LibC.OpenNoFollow),
            Mode = (flags & LibC.OpenCreate) != 0 ? mode : 0,
            Resolve = LibC.ResolveBeneath | LibC.ResolveNoSymlinks | LibC.ResolveNoMagicLinks,
        };
        fixed (byte* name = PathBytes.Encode(path, stackalloc byte[PathBytes.StackSize]))
        {
            int fd, errno;
            do
            {
                // The kernel answers EAGAIN when a rename raced with its look at "..".
                fd = LibC.OpenAt2(root, name, &how);
                errno = fd < 0 ? Marshal.GetLastPInvokeError() : 0;
            }
            while (errno is Errno.TryAgain or Errno.Interrupted);

            if (errno == Errno.NotImplemented)
            {
                _missing = true;
                return Walk(root, path, flags, mode);
            }

            return fd;
        }
    }

    private static int Walk(int root, string path, int flags, uint mode)
    {
        SafeFileHandle? parent = null;
        try
        {
            var components = path.Split('/');
            foreach (var component in components)
            {
                if (component is "" or "." or "..")
                {
                    Marshal.SetLastPInvokeError(Errno.OtherDevice);
                    return -1;
                }
            }

            var at = root;
            for (var i = 0; i < components.Length - 1; i++)
            {
                var next = One(at, components[i], LibC.OpenPath | LibC.OpenDirectory, 0);
                if (next < 0)
                {
                    return -1;
                }

                parent?.Dispose();
                parent = new SafeFileHandle(next, ownsHandle: true);
                at = next;
            }

            return One(at, components[^1], flags, mode);
        }
        finally
        {
            var errno = Marshal.GetLastPInvokeError();
            parent?.Dispose();
            Marshal.SetLastPInvokeError(errno);
        }
    }

    private static int One(int folder, string component, int flags, uint mode)
    {
        fixed (byte* name = PathBytes.Encode(component, stackalloc byte[PathBytes.StackSize]))
        {
            return LibC.OpenAt(folder, name, flags | LibC.OpenNoFollow | LibC.OpenCloseOnExec, mode);
        }
    }
}
