using System.Text;
using static Veridian.Engine.Environments.Running.Entering.X64Condition;
using static Veridian.Engine.Environments.Running.Entering.X64Register;

namespace Veridian.Engine.Environments.Running.Entering;

/// <summary>What the entry program says where it cannot go on, and how it ends.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-23, E-61. A text that is said ends with a zero; rax, rcx, rdx, rsi and rdi change.</remarks>
internal sealed class EntrySpeech(X64Code code, EntryData data)
{
    private const int WriteCall = 1, Exit = 60;

    /// <summary>Writes rax in decimal digits that end before an address.</summary>
    public void Digits(int end, int digits)
    {
        var digit = code.NewLabel();
        code.Set(Rdi, end);
        code.Set(Rsi, 10);
        code.Place(digit);
        code.Set(Rdx, 0);
        code.Divide(Rsi);
        code.Add(Rdx, '0');
        code.Add(Rdi, -1);
        code.StoreByte(Rdi, Rdx);
        code.Compare(Rdi, end - digits);
        code.JumpIf(NotEqual, digit);
    }

    /// <summary>Ends with an error about the text at r14, and the kernel's reason, negative, in r12.</summary>
    public void Refuse(string before, string after, string hint, int exitCode)
    {
        var reason = data.Bytes([.. Encoding.UTF8.GetBytes($"{after}: error number "), .. "000"u8, .. Encoding.UTF8.GetBytes($".\n  next: {hint}\n"), 0]);
        Say(before);
        SayName();
        code.Set(Rax, 0);
        code.Subtract(Rax, R12);
        Digits(reason + Encoding.UTF8.GetByteCount($"{after}: error number ") + 3, digits: 3);
        SayAt(reason);
        End(exitCode);
    }

    /// <summary>Writes a text to standard error.</summary>
    public void Say(string text) => SayAt(data.Text(text));

    private void SayAt(int address)
    {
        code.Set(Rsi, address);
        SayRsi();
    }

    /// <summary>Writes the text at r14.</summary>
    public void SayName()
    {
        code.Copy(Rsi, R14);
        SayRsi();
    }

    private void SayRsi()
    {
        var (count, counted) = (code.NewLabel(), code.NewLabel());
        code.Copy(Rcx, Rsi);
        code.Set(Rdx, 0);
        code.Place(count);
        code.LoadByte(Rax, Rcx);
        code.CompareByte('\0');
        code.JumpIf(Equal, counted);
        code.Add(Rcx, 1);
        code.Add(Rdx, 1);
        code.Jump(count);
        code.Place(counted);
        code.Set(Rdi, 2);
        code.Set(Rax, WriteCall);
        code.SystemCall();
    }

    /// <summary>Ends the program.</summary>
    public void End(int exitCode)
    {
        code.Set(Rdi, exitCode);
        code.Set(Rax, Exit);
        code.SystemCall();
    }
}
