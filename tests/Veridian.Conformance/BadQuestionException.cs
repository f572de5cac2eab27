namespace Veridian.Conformance;

/// <summary>The judge asks for something that the door does not have.</summary>
internal sealed class BadQuestionException(string message) : Exception(message);
