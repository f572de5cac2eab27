using System.Buffers.Binary;

namespace Veridian.Engine.Environments.Running.Entering;

/// <summary>Machine code of x86-64, instruction by instruction: the few that <see cref="EntryProgram"/> needs, each in one encoding.</summary>
/// <remarks>Addresses and constants have 31 bits. Jumps go to labels, which may be placed after they are used.</remarks>
internal sealed class X64Code(int origin)
{
    private readonly List<byte> _bytes = [];
    private readonly List<int> _labels = [];
    private readonly List<(int At, int Label)> _uses = [];
    private readonly List<(int At, int Label)> _addresses = [];

    /// <summary>A place in the code that is not known yet.</summary>
    public int NewLabel()
    {
        _labels.Add(-1);
        return _labels.Count - 1;
    }

    /// <summary>Says that a label is here.</summary>
    public void Place(int label) => _labels[label] = _bytes.Count;

    /// <summary>The address of a label that has been placed.</summary>
    public int AddressOf(int label) => origin + _labels[label];

    /// <summary>register = constant</summary>
    public void Set(X64Register register, int value)
    {
        Prefix(wide: false, 0, register);
        Emit(0xB8 + Low(register));
        Word(value);
    }

    /// <summary>register = address of a label</summary>
    public void SetAddress(X64Register register, int label)
    {
        Set(register, 0);
        _addresses.Add((_bytes.Count - 4, label));
    }

    /// <summary>to = from</summary>
    public void Copy(X64Register to, X64Register from) => Registers(0x89, from, to);

    /// <summary>to = 8 bytes at (from + offset)</summary>
    public void Load(X64Register to, X64Register from, int offset = 0) => Memory(0x8B, to, from, offset, wide: true);

    /// <summary>8 bytes at (to + offset) = from</summary>
    public void Store(X64Register to, int offset, X64Register from) => Memory(0x89, from, to, offset, wide: true);

    /// <summary>to = from + offset</summary>
    public void Offset(X64Register to, X64Register from, int offset) => Memory(0x8D, to, from, offset, wide: true);

    /// <summary>Lowest byte of rax, rcx, rdx or rbx = byte at address</summary>
    public void LoadByte(X64Register to, X64Register from) => Memory(0x8A, to, from, 0, wide: false);

    /// <summary>byte at address = lowest byte of rax, rcx, rdx or rbx</summary>
    public void StoreByte(X64Register to, X64Register from) => Memory(0x88, from, to, 0, wide: false);

    /// <summary>register += constant</summary>
    public void Add(X64Register register, int value) => Constant(0, register, value);

    /// <summary>from -= what</summary>
    public void Subtract(X64Register from, X64Register what) => Registers(0x29, what, from);

    /// <summary>Compares with a constant.</summary>
    public void Compare(X64Register register, int value) => Constant(7, register, value);

    /// <summary>Compares with another register.</summary>
    public void Compare(X64Register left, X64Register right) => Registers(0x39, right, left);

    /// <summary>Compares the lowest byte of rax with a constant.</summary>
    public void CompareByte(char value) => Emit(0x3C, value);

    /// <summary>rax = rdx:rax / register, rdx = what remains</summary>
    public void Divide(X64Register register)
    {
        Prefix(wide: true, 0, register);
        Emit(0xF7, 0xF0 + Low(register));
    }

    /// <summary>Calls the kernel: rax says what, rdi rsi rdx r10 r8 with what; rax is the answer; rcx and r11 are lost.</summary>
    public void SystemCall() => Emit(0x0F, 0x05);

    public void Push(X64Register register)
    {
        Prefix(wide: false, 0, register);
        Emit(0x50 + Low(register));
    }

    public void Pop(X64Register register)
    {
        Prefix(wide: false, 0, register);
        Emit(0x58 + Low(register));
    }

    public void Return() => Emit(0xC3);

    public void Call(int label)
    {
        Emit(0xE8);
        Use(label);
    }

    public void Jump(int label)
    {
        Emit(0xE9);
        Use(label);
    }

    public void JumpIf(X64Condition condition, int label)
    {
        Emit(0x0F, 0x80 + (int)condition);
        Use(label);
    }

    /// <summary>All bytes, with every label in its place.</summary>
    public byte[] ToBytes()
    {
        var bytes = _bytes.ToArray();
        foreach (var (at, label) in _uses)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), _labels[label] - (at + 4));
        }

        foreach (var (at, label) in _addresses)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), AddressOf(label));
        }

        return bytes;
    }

    private static int Low(X64Register register) => (int)register & 7;

    private void Use(int label)
    {
        _uses.Add((_bytes.Count, label));
        Word(0);
    }

    private void Constant(int operation, X64Register register, int value)
    {
        Prefix(wide: true, 0, register);
        Emit(0x81, 0xC0 + (operation << 3) + Low(register));
        Word(value);
    }

    private void Registers(int operation, X64Register field, X64Register other)
    {
        Prefix(wide: true, field, other);
        Emit(operation, 0xC0 + (Low(field) << 3) + Low(other));
    }

    private void Memory(int operation, X64Register field, X64Register address, int offset, bool wide)
    {
        Prefix(wide, field, address);
        Emit(operation, 0x80 + (Low(field) << 3) + Low(address));
        if (Low(address) == (int)X64Register.Rsp)
        {
            Emit(0x24); // rsp and r12 are written with one byte more
        }

        Word(offset);
    }

    private void Prefix(bool wide, X64Register field, X64Register other)
    {
        var prefix = 0x40 | (wide ? 8 : 0) | ((int)field > 7 ? 4 : 0) | ((int)other > 7 ? 1 : 0);
        if (prefix != 0x40)
        {
            Emit(prefix);
        }
    }

    private void Emit(params ReadOnlySpan<int> values)
    {
        foreach (var value in values)
        {
            _bytes.Add((byte)value);
        }
    }

    private void Word(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        _bytes.AddRange(bytes);
    }
}
