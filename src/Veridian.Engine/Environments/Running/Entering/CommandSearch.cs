using static Veridian.Engine.Environments.Running.Entering.X64Condition;
using static Veridian.Engine.Environments.Running.Entering.X64Register;

namespace Veridian.Engine.Environments.Running.Entering;

/// <summary>The part of the entry program that looks for the command and becomes it.</summary>
/// <param name="code">The program.</param>
/// <param name="data">Its data.</param>
/// <param name="speech">Says why there is nothing to become.</param>
/// <param name="place">Where the command is looked for, as the beginning of a sentence.</param>
/// <remarks>Source: <c>spec/environments.md</c> E-23, E-61.</remarks>
internal sealed class CommandSearch(X64Code code, EntryData data, EntrySpeech speech, string place)
{
    private const int Execute = 59, CheckAccess = 269;
    private const int NoEntry = 2, ExecFormat = 8, NotDirectory = 20;
    private const int LongestName = 255, PathRoom = 8192, LongestFolder = 4096;

    /// <summary>Looks for the command and becomes it. A name with a slash is a path; any other is looked for in PATH.</summary>
    public void Write()
    {
        var (variables, letter, search, given, missing, denied, tryIt) = (code.NewLabel(), code.NewLabel(), code.NewLabel(), code.NewLabel(), code.NewLabel(), code.NewLabel(), code.NewLabel());
        code.Offset(R13, Rbp, 24);
        code.Load(R14, R13);
        code.Set(R12, 0);
        code.Copy(R15, R13);
        code.Place(variables);
        code.Load(Rax, R15);
        code.Add(R15, 8);
        code.Compare(Rax, 0);
        code.JumpIf(NotEqual, variables);
        code.Copy(Rsi, R14);
        code.Place(letter);
        code.LoadByte(Rax, Rsi);
        code.CompareByte('/');
        code.JumpIf(Equal, given);
        code.CompareByte('\0');
        code.JumpIf(Equal, search);
        code.Add(Rsi, 1);
        code.Jump(letter);

        code.Place(given);
        code.Copy(Rdi, R14);
        code.Call(tryIt);
        code.Compare(R12, 0);
        code.JumpIf(NotEqual, denied);

        code.Place(missing);
        speech.Say($"error[{LaunchErrors.NoCommand.Id}]: {place} has no command '");
        speech.SayName();
        speech.Say($"'.\n  next: {LaunchErrors.NoCommandHint}\n");
        speech.End(LaunchErrors.NoCommandExit);

        code.Place(denied);
        speech.Refuse($"error[{LaunchErrors.NotExecutable.Id}]: The kernel does not execute '", "'", LaunchErrors.NotExecutableHint, LaunchErrors.NotExecutableExit);

        code.Place(search);
        WriteSearch(tryIt, missing, denied);
        code.Place(tryIt);
        WriteTry();
    }

    /// <summary>rsi: the end of the name. Tries the folders of PATH in turn.</summary>
    private void WriteSearch(int tryIt, int missing, int denied)
    {
        var (variable, folder, copy, ended, bare, name, last) = (code.NewLabel(), code.NewLabel(), code.NewLabel(), code.NewLabel(), code.NewLabel(), code.NewLabel(), code.NewLabel());
        code.Offset(Rax, R14, LongestName);
        code.Compare(Rsi, Rax);
        code.JumpIf(Above, missing);
        code.Compare(Rsi, R14);
        code.JumpIf(Equal, missing);
        code.Add(Rsp, -PathRoom);
        code.Copy(Rbx, R15);
        code.Place(variable);
        code.Load(Rsi, Rbx);
        code.Add(Rbx, 8);
        code.Compare(Rsi, 0);
        code.JumpIf(Equal, missing);
        foreach (var character in "PATH=")
        {
            code.LoadByte(Rax, Rsi);
            code.CompareByte(character);
            code.JumpIf(NotEqual, variable);
            code.Add(Rsi, 1);
        }

        code.Place(folder);
        code.Copy(Rdi, Rsp);
        code.Offset(R8, Rsp, LongestFolder);
        code.Place(copy);
        code.LoadByte(Rax, Rsi);
        code.Add(Rsi, 1);
        code.CompareByte('\0');
        code.JumpIf(Equal, ended);
        code.CompareByte(':');
        code.JumpIf(Equal, ended);
        code.Compare(Rdi, R8);
        code.JumpIf(Above, missing);
        code.StoreByte(Rdi, Rax);
        code.Add(Rdi, 1);
        code.Jump(copy);

        code.Place(ended);
        code.Compare(Rdi, Rsp);
        code.JumpIf(Equal, bare); // an empty folder is the working directory
        code.Set(Rax, '/');
        code.StoreByte(Rdi, Rax);
        code.Add(Rdi, 1);
        code.Place(bare);
        code.Copy(Rdx, R14);
        code.Place(name);
        code.LoadByte(Rax, Rdx);
        code.StoreByte(Rdi, Rax);
        code.Add(Rdx, 1);
        code.Add(Rdi, 1);
        code.CompareByte('\0');
        code.JumpIf(NotEqual, name);
        code.Copy(Rdi, Rsp);
        code.Push(Rsi);
        code.Call(tryIt);
        code.Pop(Rsi);
        code.Offset(Rdx, Rsi, -1);
        code.LoadByte(Rax, Rdx);
        code.CompareByte(':');
        code.JumpIf(Equal, folder);
        code.Place(last);
        code.Compare(R12, 0);
        code.JumpIf(Equal, missing);
        code.Jump(denied);
    }

    /// <summary>rdi: a path. Returns if it cannot be started, with the reason in r12 unless there is no such file.</summary>
    private void WriteTry()
    {
        var (script, absent, done) = (code.NewLabel(), code.NewLabel(), code.NewLabel());
        code.Push(Rdi);
        code.Set(Rax, Execute);
        code.Copy(Rsi, R13);
        code.Copy(Rdx, R15);
        code.SystemCall();
        code.Pop(Rdi);
        code.Compare(Rax, -NotDirectory);
        code.JumpIf(Equal, done);
        code.Compare(Rax, -NoEntry);
        code.JumpIf(Equal, absent);
        code.Copy(R12, Rax);
        code.Compare(Rax, -ExecFormat);
        code.JumpIf(Equal, script);
        code.Place(done);
        code.Return();

        // The file may be there and what it names behind #!, or its loader, may not.
        code.Place(absent);
        code.Copy(Rsi, Rdi);
        code.Set(Rdi, -100);
        code.Set(Rdx, 0);
        code.Set(Rax, CheckAccess);
        code.SystemCall();
        code.Compare(Rax, 0);
        code.JumpIf(NotEqual, done);
        code.Set(R12, 0);
        code.Add(R12, -NoEntry);
        code.Return();

        // A text without #! is a script of the shell, as in every shell.
        code.Place(script);
        code.Set(Rax, data.Text("sh"));
        code.Store(R13, -8, Rax);
        code.Store(R13, 0, Rdi);
        code.Set(Rdi, data.Text("/bin/sh"));
        code.Offset(Rsi, R13, -8);
        code.Copy(Rdx, R15);
        code.Set(Rax, Execute);
        code.SystemCall();
        code.Store(R13, 0, R14);
        code.Return();
    }
}
