namespace Veridian.Store.Database;

/// <summary>The index cannot be used. Never leaves this folder: the index is rebuilt instead.</summary>
#pragma warning disable CA1064 // it is caught in this folder and means nothing elsewhere
internal sealed class DatabaseException(string message) : Exception(message);
