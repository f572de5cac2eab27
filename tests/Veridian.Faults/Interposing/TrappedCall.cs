using System.Text;

namespace Veridian.Faults.Interposing;

/// <summary>Which file a watched call is about: read from the stopped program.</summary>
internal static unsafe class TrappedCall
{
    private const int CurrentFolder = -100;
    private const int PageBytes = 4096;

    /// <summary>The file's path as the program sees it; empty for what is no file, such as a pipe.</summary>
    public static string PathOf(in Native.Notice notice, SystemCall call)
    {
        var path = call.Path >= 0 ? ReadText(notice.Thread, notice.Arguments[call.Path]) : "";
        if (path.StartsWith('/'))
        {
            return path;
        }

        var folder = call.Descriptor < 0 || (int)notice.Arguments[call.Descriptor] == CurrentFolder ? "cwd" : $"fd/{(int)notice.Arguments[call.Descriptor]}";
        var place = LinkTarget($"/proc/{notice.Thread}/{folder}");
        return !place.StartsWith('/') ? "" : path.Length == 0 ? place : $"{place}/{path}";
    }

    /// <summary>Whether an <c>openat2</c> may change something: its flags stand in memory, where the filter cannot look.</summary>
    public static bool OpensToChange(in Native.Notice notice)
    {
        ulong flags = 0;
        var local = new Native.Span { Start = &flags, Length = sizeof(ulong) };
        var remote = new Native.Span { Start = (void*)notice.Arguments[2], Length = sizeof(ulong) };
        return Native.ReadMemory(notice.Thread, &local, 1, &remote, 1, 0) == sizeof(ulong) && (flags & CallFilter.OpensToChange) != 0;
    }

    private static string LinkTarget(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget ?? "";
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string ReadText(int process, ulong address)
    {
        var text = new byte[2 * PageBytes];
        var length = 0;
        while (length + PageBytes <= text.Length)
        {
            var part = PageBytes - (int)((address + (ulong)length) % PageBytes); // the next page may not be there
            fixed (byte* to = &text[length])
            {
                var local = new Native.Span { Start = to, Length = (nuint)part };
                var remote = new Native.Span { Start = (void*)(address + (ulong)length), Length = (nuint)part };
                if (Native.ReadMemory(process, &local, 1, &remote, 1, 0) != part)
                {
                    return "";
                }
            }

            if (text.AsSpan(length, part).IndexOf((byte)0) is var end and >= 0)
            {
                return Encoding.UTF8.GetString(text, 0, length + end);
            }

            length += part;
        }

        return "";
    }
}
