using System.IO.MemoryMappedFiles;

namespace Veridian.Testing.Solving;

/// <summary>The text of a file, mapped as the product maps it where it is not compressed.</summary>
internal sealed unsafe class PlainText : IDisposable
{
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly byte[] _text = [];
    private readonly byte* _start;
    private readonly int _length;

    public PlainText(string file)
    {
        _length = checked((int)new FileInfo(file).Length);
        if (Path.GetExtension(file) is ".xz" or ".gz" or ".zst" || _length == 0)
        {
            _text = DebianUniverse.Text(file);
            return;
        }

        _file = MemoryMappedFile.CreateFromFile(file, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    public ReadOnlySpan<byte> Bytes => _view is null ? _text : new ReadOnlySpan<byte>(_start, _length);

    public void Dispose()
    {
        _view?.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        _file?.Dispose();
    }
}
