using Veridian.Posix;
using Veridian.Store.Files;

namespace Veridian.Store.Generations;

/// <summary>
/// Carries switches of generation through: decides them durably, does them, and completes what another command decided
/// and did not end. Its caller holds the lock of the project's generations.
/// </summary>
/// <remarks>Source: <c>spec/store.md</c> ST-32 to ST-34.</remarks>
/// <param name="files">How disk operations are done.</param>
/// <param name="state">The project's state folder.</param>
/// <param name="generations">The folder of its generations.</param>
/// <param name="current">The name of the link to the current one.</param>
internal sealed class SwitchRunner(IStoreFiles files, DirectoryHandle state, DirectoryHandle generations, string current)
{
    /// <summary>Puts everything on disk that the switch needs, then the decision itself.</summary>
    public void Decide(PendingSwitch pending, byte[] lockBytes, byte[] profileBytes)
    {
        if (!pending.Lock.IsLeft)
        {
            ProjectFile.Stage(files, pending.Lock.Path, lockBytes);
        }

        if (!pending.Profile.IsLeft)
        {
            ProjectFile.Stage(files, pending.Profile.Path, profileBytes);
        }

        pending.Write(files, state);
    }

    /// <summary>Completes what was decided; else clears what an undecided switch left. True if there was one to complete.</summary>
    public bool Recover(ProjectFiles? project)
    {
        if (CompleteDecided())
        {
            return true;
        }

        ClearStaged(project);
        return false;
    }

    /// <summary>Carries through what another command decided and did not end; false if there is nothing.</summary>
    public bool CompleteDecided()
    {
        if (PendingSwitch.TryRead(state) is not { } pending)
        {
            return false;
        }

        GiveName(pending);
        StageAgain(pending.Lock, pending.Number, GenerationWriter.Lock);
        StageAgain(pending.Profile, pending.Number, GenerationWriter.Profile);
        PutInPlace(pending);
        return true;
    }

    /// <summary>Carries through what this command has decided.</summary>
    public void Complete(PendingSwitch pending)
    {
        GiveName(pending);
        PutInPlace(pending);
    }

    /// <summary>
    /// Every step is one rename and may be repeated, so nothing is synced before all are done;
    /// and a <c>pending</c> that comes back after a power cut only repeats them.
    /// </summary>
    private void PutInPlace(PendingSwitch pending)
    {
        files.SwapSymbolicLink(state, current, $"{GenerationReader.Generations}/{GenerationReader.NameOf(pending.Number)}");
        PutInPlace(pending.Lock);
        PutInPlace(pending.Profile);
        ProjectFile.SyncFolders(files, pending.Lock, pending.Profile);
        files.SyncDirectory(state);
        files.Remove(state, PendingSwitch.FileName, isDirectory: false);
    }

    private void GiveName(PendingSwitch pending)
    {
        if (pending.Staged.Length > 0 && Entries.Status(generations, pending.Staged) is not null)
        {
            files.Rename(generations, pending.Staged, generations, GenerationReader.NameOf(pending.Number), RenameMode.KeepExisting);
            files.SyncDirectory(generations);
        }
    }

    private void StageAgain(PendingFile file, int number, string name)
    {
        if (!file.IsLeft && file.IsUntouched)
        {
            ProjectFile.StageAgain(files, file.Path, GenerationReader.ReadFile(generations, number, name));
        }
    }

    // A file that is no longer the one noted is a person's edit, or already the new one.
    private void PutInPlace(PendingFile file)
    {
        if (file.IsLeft)
        {
            return;
        }

        if (file.IsUntouched)
        {
            ProjectFile.Commit(files, file.Path);
        }
        else
        {
            ProjectFile.Unstage(files, file.Path);
        }
    }

    /// <summary>Removes what an undecided switch left.</summary>
    public void ClearStaged(ProjectFiles? project)
    {
        foreach (var (name, _) in Entries.List(generations))
        {
            if (name.StartsWith(TemporaryName.Prefix, StringComparison.Ordinal))
            {
                new TreeRemover(files).Remove(generations, name);
            }
        }

        foreach (var (name, _) in Entries.List(state))
        {
            if (name.StartsWith(TemporaryName.Prefix, StringComparison.Ordinal))
            {
                files.Remove(state, name, isDirectory: false);
            }
        }

        if (project is not null)
        {
            ProjectFile.Unstage(files, project.Lock);
            ProjectFile.Unstage(files, project.Profile);
        }
    }
}
