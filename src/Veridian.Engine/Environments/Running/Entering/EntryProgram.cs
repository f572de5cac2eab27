using System.Text;
using static Veridian.Engine.Environments.Running.Entering.X64Condition;
using static Veridian.Engine.Environments.Running.Entering.X64Register;

namespace Veridian.Engine.Environments.Running.Entering;

/// <summary>
/// The small static program that enters an environment and becomes the command: the caller's process itself, so that signals,
/// job control and exit codes are the command's own. <c>enter + COMMAND ARGUMENT...</c> enters, <c>enter - COMMAND ARGUMENT...</c>
/// only looks for the command in <c>PATH</c> and becomes it, for a caller that is inside already; <c>=</c> does so for bubblewrap, and
/// the command is asked to end when bubblewrap is ended.
/// </summary>
/// <remarks>Source: <c>spec/environments.md</c> E-23, E-60, E-61. The table of calls is data; this is the machine code that walks it.</remarks>
internal sealed class EntryProgram
{
    private const int RecordBytes = 72;
    private const int GetEffectiveUser = 107, GetEffectiveGroup = 108, WriteCall = 1, Execute = 59, Exit = 60, CheckAccess = 269;
    private const int NoEntry = 2, ExecFormat = 8, NotDirectory = 20;
    private const int LongestName = 255, PathRoom = 8192, LongestFolder = 4096;

    private readonly X64Code _code = new(ElfProgram.CodeAddress);
    private readonly EntryData _data = new(ElfProgram.DataAddress);
    private readonly Dictionary<EntryPlace, int> _places;
    private readonly int _nowhere;
    private readonly string _place;

    private EntryProgram(string place)
    {
        _place = place;
        _nowhere = _data.Numbers(0);
        _places = new()
        {
            [EntryPlace.ReadOnly] = _data.Numbers(1, 0, 0, 0),
            [EntryPlace.UserMap] = _data.Bytes("0000000000 0000000000 1\n"u8),
            [EntryPlace.GroupMap] = _data.Bytes("0000000000 0000000000 1\n"u8),
            [EntryPlace.Folder] = _data.Bytes(new byte[LongestFolder]),
        };
    }

    /// <summary>The program for an environment.</summary>
    public static byte[] For(RunSettings settings) => new EntryProgram($"The environment '{settings.Name}'").Write(EntrySteps.AsUser, EntrySteps.AsRoot, EntrySteps.Of(settings));

    /// <summary>The program that leads from an environment back to the host.</summary>
    public static byte[] ToHost() => new EntryProgram("The host").Write(EntrySteps.AsUser, EntrySteps.AsRoot, EntrySteps.ToHost);

    private byte[] Write(IReadOnlyList<KernelCall> asUser, IReadOnlyList<KernelCall> asRoot, IReadOnlyList<KernelCall> common)
    {
        var then = Table(common, next: 0, otherwise: 0);
        var user = Table(asUser, then, otherwise: 0);
        var root = Table(asRoot, then, otherwise: user);
        WriteStart(user, root);
        return ElfProgram.Write(_code.ToBytes(), _data.ToBytes());
    }

    /// <summary>
    /// Calls as records of nine numbers: the call, five arguments, where the answer goes, the record that follows a failure (none ends
    /// the program), what has failed then. A record whose call is -1 leads to another table, or to the command.
    /// </summary>
    private int Table(IReadOnlyList<KernelCall> calls, int next, int otherwise)
    {
        var records = calls.Select(call => new long[RecordBytes / 8]).Append([-1, next, 0, 0, 0, 0, 0, 0, 0]).ToArray();
        // Texts come first: the table's address has to be known while its records are filled.
        var texts = calls.SelectMany(call => call.Arguments.OfType<KernelArgument.Text>().Select(text => text.Content).Append(call.Needed ?? "")).ToList();
        texts.ForEach(text => _data.Text(text));
        var start = _data.Numbers();
        for (var i = 0; i < calls.Count; i++)
        {
            var (call, record) = (calls[i], records[i]);
            record[0] = call.Number;
            record[6] = record[6] == 0 ? _nowhere : record[6];
            record[7] = otherwise != 0 ? otherwise : call.Needed is null ? start + ((i + 1) * RecordBytes) : 0;
            record[8] = _data.Text(call.Needed ?? "");
            for (var a = 0; a < call.Arguments.Count; a++)
            {
                if (call.Arguments[a] is KernelArgument.Answer answer)
                {
                    records[i - answer.CallsBefore][6] = start + (i * RecordBytes) + ((a + 1) * 8);
                }

                record[a + 1] = Value(call.Arguments[a]);
            }
        }

        return _data.Numbers([.. records.SelectMany(record => record)]);
    }

    private long Value(KernelArgument argument) => argument switch
    {
        KernelArgument.Number number => number.Value,
        KernelArgument.Text text => _data.Text(text.Content),
        KernelArgument.Place place => _places[place.Which],
        _ => -1, // an answer, filled in by the call that it answers
    };

    /// <summary>rbp: the caller's arguments; rbx: the record; r13: the command's arguments; r14: its name; r15: its variables; r12: why it could not be started.</summary>
    private void WriteStart(int user, int root)
    {
        var (enough, enter, walk, run) = (_code.NewLabel(), _code.NewLabel(), _code.NewLabel(), _code.NewLabel());
        _code.Copy(Rbp, Rsp);
        _code.Load(Rax, Rbp);
        _code.Compare(Rax, 2);
        _code.JumpIf(Above, enough);
        Say("usage: enter +|-|= COMMAND [ARGUMENT]...\n");
        End(2);
        _code.Place(enough);
        _code.Load(Rsi, Rbp, 16);
        _code.LoadByte(Rax, Rsi);
        _code.CompareByte('-');
        _code.JumpIf(Equal, run);
        _code.CompareByte('=');
        _code.JumpIf(NotEqual, enter);
        WriteFollow(run);
        _code.Place(enter);
        WriteNumbers(GetEffectiveGroup, _places[EntryPlace.GroupMap]);
        WriteNumbers(GetEffectiveUser, _places[EntryPlace.UserMap]);
        _code.Set(Rax, GetEffectiveUser);
        _code.SystemCall();
        _code.Set(Rbx, root);
        _code.Compare(Rax, 0);
        _code.JumpIf(Equal, walk);
        _code.Set(Rbx, user);
        _code.Place(walk);
        WriteWalk(walk, run);
        _code.Place(run);
        WriteRun();
    }

    /// <summary>E-62: when the process that keeps this one is ended by a signal, this one is asked to end, as a signal to the launcher would.</summary>
    private void WriteFollow(int run)
    {
        const int control = 157, parentDeathSignal = 1, terminate = 15;
        foreach (var (register, number) in (ReadOnlySpan<(X64Register, int)>)[(Rax, control), (Rdi, parentDeathSignal), (Rsi, terminate), (Rdx, 0)])
        {
            _code.Set(register, number);
        }

        _code.SystemCall();
        _code.Jump(run);
    }

    /// <summary>Puts the answer to a call into both numbers of a map.</summary>
    private void WriteNumbers(int call, int map)
    {
        foreach (var end in (int[])[map + 10, map + 21])
        {
            _code.Set(Rax, call);
            _code.SystemCall();
            WriteDigits(end, digits: 10);
        }
    }

    /// <summary>Writes rax in decimal digits that end before an address.</summary>
    private void WriteDigits(int end, int digits)
    {
        var digit = _code.NewLabel();
        _code.Set(Rdi, end);
        _code.Set(Rsi, 10);
        _code.Place(digit);
        _code.Set(Rdx, 0);
        _code.Divide(Rsi);
        _code.Add(Rdx, '0');
        _code.Add(Rdi, -1);
        _code.StoreByte(Rdi, Rdx);
        _code.Compare(Rdi, end - digits);
        _code.JumpIf(NotEqual, digit);
    }

    private void WriteWalk(int walk, int run)
    {
        var (call, good, failed) = (_code.NewLabel(), _code.NewLabel(), _code.NewLabel());
        _code.Load(Rax, Rbx);
        _code.Compare(Rax, -1);
        _code.JumpIf(NotEqual, call);
        _code.Load(Rbx, Rbx, 8);
        _code.Compare(Rbx, 0);
        _code.JumpIf(NotEqual, walk);
        _code.Jump(run);
        _code.Place(call);
        foreach (var (register, number) in (ReadOnlySpan<(X64Register, int)>)[(Rdi, 1), (Rsi, 2), (Rdx, 3), (R10, 4), (R8, 5)])
        {
            _code.Load(register, Rbx, number * 8);
        }

        _code.SystemCall();
        _code.Load(Rcx, Rbx, 48);
        _code.Store(Rcx, 0, Rax);
        _code.Compare(Rax, 0);
        _code.JumpIf(NotNegative, good);
        _code.Load(Rcx, Rbx, 56);
        _code.Compare(Rcx, 0);
        _code.JumpIf(Equal, failed);
        _code.Copy(Rbx, Rcx);
        _code.Jump(walk);
        _code.Place(good);
        _code.Add(Rbx, RecordBytes);
        _code.Jump(walk);
        _code.Place(failed);
        _code.Load(R14, Rbx, 64);
        _code.Copy(R12, Rax);
        Refuse($"error[{LaunchErrors.NotEntered.Id}]: The kernel refuses ", $". {_place} cannot be entered", LaunchErrors.NotEnteredHint, LaunchErrors.NotEnteredExit);
    }

    /// <summary>Looks for the command and becomes it. A name with a slash is a path; any other is looked for in PATH.</summary>
    private void WriteRun()
    {
        var (variables, letter, search, given, missing, denied, tryIt) = (_code.NewLabel(), _code.NewLabel(), _code.NewLabel(), _code.NewLabel(), _code.NewLabel(), _code.NewLabel(), _code.NewLabel());
        _code.Offset(R13, Rbp, 24);
        _code.Load(R14, R13);
        _code.Set(R12, 0);
        _code.Copy(R15, R13);
        _code.Place(variables);
        _code.Load(Rax, R15);
        _code.Add(R15, 8);
        _code.Compare(Rax, 0);
        _code.JumpIf(NotEqual, variables);
        _code.Copy(Rsi, R14);
        _code.Place(letter);
        _code.LoadByte(Rax, Rsi);
        _code.CompareByte('/');
        _code.JumpIf(Equal, given);
        _code.CompareByte('\0');
        _code.JumpIf(Equal, search);
        _code.Add(Rsi, 1);
        _code.Jump(letter);

        _code.Place(given);
        _code.Copy(Rdi, R14);
        _code.Call(tryIt);
        _code.Compare(R12, 0);
        _code.JumpIf(NotEqual, denied);

        _code.Place(missing);
        Say($"error[{LaunchErrors.NoCommand.Id}]: {_place} has no command '");
        SayName();
        Say($"'.\n  next: {LaunchErrors.NoCommandHint}\n");
        End(LaunchErrors.NoCommandExit);

        _code.Place(denied);
        Refuse($"error[{LaunchErrors.NotExecutable.Id}]: The kernel does not execute '", "'", LaunchErrors.NotExecutableHint, LaunchErrors.NotExecutableExit);

        _code.Place(search);
        WriteSearch(tryIt, missing, denied);
        _code.Place(tryIt);
        WriteTry();
    }

    /// <summary>rsi: the end of the name. Tries the folders of PATH in turn.</summary>
    private void WriteSearch(int tryIt, int missing, int denied)
    {
        var (variable, folder, copy, ended, bare, name, last) = (_code.NewLabel(), _code.NewLabel(), _code.NewLabel(), _code.NewLabel(), _code.NewLabel(), _code.NewLabel(), _code.NewLabel());
        _code.Offset(Rax, R14, LongestName);
        _code.Compare(Rsi, Rax);
        _code.JumpIf(Above, missing);
        _code.Compare(Rsi, R14);
        _code.JumpIf(Equal, missing);
        _code.Add(Rsp, -PathRoom);
        _code.Copy(Rbx, R15);
        _code.Place(variable);
        _code.Load(Rsi, Rbx);
        _code.Add(Rbx, 8);
        _code.Compare(Rsi, 0);
        _code.JumpIf(Equal, missing);
        foreach (var character in "PATH=")
        {
            _code.LoadByte(Rax, Rsi);
            _code.CompareByte(character);
            _code.JumpIf(NotEqual, variable);
            _code.Add(Rsi, 1);
        }

        _code.Place(folder);
        _code.Copy(Rdi, Rsp);
        _code.Offset(R8, Rsp, LongestFolder);
        _code.Place(copy);
        _code.LoadByte(Rax, Rsi);
        _code.Add(Rsi, 1);
        _code.CompareByte('\0');
        _code.JumpIf(Equal, ended);
        _code.CompareByte(':');
        _code.JumpIf(Equal, ended);
        _code.Compare(Rdi, R8);
        _code.JumpIf(Above, missing);
        _code.StoreByte(Rdi, Rax);
        _code.Add(Rdi, 1);
        _code.Jump(copy);

        _code.Place(ended);
        _code.Compare(Rdi, Rsp);
        _code.JumpIf(Equal, bare); // an empty folder is the working directory
        _code.Set(Rax, '/');
        _code.StoreByte(Rdi, Rax);
        _code.Add(Rdi, 1);
        _code.Place(bare);
        _code.Copy(Rdx, R14);
        _code.Place(name);
        _code.LoadByte(Rax, Rdx);
        _code.StoreByte(Rdi, Rax);
        _code.Add(Rdx, 1);
        _code.Add(Rdi, 1);
        _code.CompareByte('\0');
        _code.JumpIf(NotEqual, name);
        _code.Copy(Rdi, Rsp);
        _code.Push(Rsi);
        _code.Call(tryIt);
        _code.Pop(Rsi);
        _code.Offset(Rdx, Rsi, -1);
        _code.LoadByte(Rax, Rdx);
        _code.CompareByte(':');
        _code.JumpIf(Equal, folder);
        _code.Place(last);
        _code.Compare(R12, 0);
        _code.JumpIf(Equal, missing);
        _code.Jump(denied);
    }

    /// <summary>rdi: a path. Returns if it cannot be started, with the reason in r12 unless there is no such file.</summary>
    private void WriteTry()
    {
        var (script, absent, done) = (_code.NewLabel(), _code.NewLabel(), _code.NewLabel());
        _code.Push(Rdi);
        _code.Set(Rax, Execute);
        _code.Copy(Rsi, R13);
        _code.Copy(Rdx, R15);
        _code.SystemCall();
        _code.Pop(Rdi);
        _code.Compare(Rax, -NotDirectory);
        _code.JumpIf(Equal, done);
        _code.Compare(Rax, -NoEntry);
        _code.JumpIf(Equal, absent);
        _code.Copy(R12, Rax);
        _code.Compare(Rax, -ExecFormat);
        _code.JumpIf(Equal, script);
        _code.Place(done);
        _code.Return();

        // The file may be there and what it names behind #!, or its loader, may not.
        _code.Place(absent);
        _code.Copy(Rsi, Rdi);
        _code.Set(Rdi, -100);
        _code.Set(Rdx, 0);
        _code.Set(Rax, CheckAccess);
        _code.SystemCall();
        _code.Compare(Rax, 0);
        _code.JumpIf(NotEqual, done);
        _code.Set(R12, 0);
        _code.Add(R12, -NoEntry);
        _code.Return();

        // A text without #! is a script of the shell, as in every shell.
        _code.Place(script);
        _code.Set(Rax, _data.Text("sh"));
        _code.Store(R13, -8, Rax);
        _code.Store(R13, 0, Rdi);
        _code.Set(Rdi, _data.Text("/bin/sh"));
        _code.Offset(Rsi, R13, -8);
        _code.Copy(Rdx, R15);
        _code.Set(Rax, Execute);
        _code.SystemCall();
        _code.Store(R13, 0, R14);
        _code.Return();
    }

    /// <summary>Ends with an error about the text at r14, and the kernel's reason, negative, in r12.</summary>
    private void Refuse(string before, string after, string hint, int exitCode)
    {
        var reason = _data.Bytes([.. Encoding.UTF8.GetBytes($"{after}: error number "), .. "000"u8, .. Encoding.UTF8.GetBytes($".\n  next: {hint}\n"), 0]);
        Say(before);
        SayName();
        _code.Set(Rax, 0);
        _code.Subtract(Rax, R12);
        WriteDigits(reason + Encoding.UTF8.GetByteCount($"{after}: error number ") + 3, digits: 3);
        SayAt(reason);
        End(exitCode);
    }

    private void Say(string text) => SayAt(_data.Text(text));

    private void SayAt(int address)
    {
        _code.Set(Rsi, address);
        SayRsi();
    }

    private void SayName()
    {
        _code.Copy(Rsi, R14);
        SayRsi();
    }

    private void SayRsi()
    {
        var (count, counted) = (_code.NewLabel(), _code.NewLabel());
        _code.Copy(Rcx, Rsi);
        _code.Set(Rdx, 0);
        _code.Place(count);
        _code.LoadByte(Rax, Rcx);
        _code.CompareByte('\0');
        _code.JumpIf(Equal, counted);
        _code.Add(Rcx, 1);
        _code.Add(Rdx, 1);
        _code.Jump(count);
        _code.Place(counted);
        _code.Set(Rdi, 2);
        _code.Set(Rax, WriteCall);
        _code.SystemCall();
    }

    private void End(int exitCode)
    {
        _code.Set(Rdi, exitCode);
        _code.Set(Rax, Exit);
        _code.SystemCall();
    }
}
