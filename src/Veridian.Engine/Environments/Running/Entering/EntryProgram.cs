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
    private const int GetEffectiveUser = 107, GetEffectiveGroup = 108;
    private const int LongestFolder = 4096;

    private readonly X64Code _code = new(ElfProgram.CodeAddress);
    private readonly EntryData _data = new(ElfProgram.DataAddress);
    private readonly EntrySpeech _speech;
    private readonly Dictionary<EntryPlace, int> _places;
    private readonly int _nowhere;
    private readonly string _place;

    private EntryProgram(string place)
    {
        _place = place;
        _speech = new EntrySpeech(_code, _data);
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

    /// <summary>A program that only tries whether one directory can be laid over another; it ends with 0 if so.</summary>
    /// <param name="upper">Absolute path of one directory.</param>
    /// <param name="lower">Absolute path of the other one.</param>
    public static byte[] ToLay(string upper, string lower) => new EntryProgram("A trial").Write(EntrySteps.AsUser, EntrySteps.AsRoot, EntrySteps.ToLay(upper, lower));

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
        _speech.Say("usage: enter +|-|= COMMAND [ARGUMENT]...\n");
        _speech.End(2);
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
        new CommandSearch(_code, _data, _speech, _place).Write();
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
            _speech.Digits(end, digits: 10);
        }
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
        _speech.Refuse($"error[{LaunchErrors.NotEntered.Id}]: The kernel refuses ", $". {_place} cannot be entered", LaunchErrors.NotEnteredHint, LaunchErrors.NotEnteredExit);
    }
}
