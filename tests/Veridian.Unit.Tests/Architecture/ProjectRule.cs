namespace Veridian.Unit.Tests.Architecture;

/// <summary>What one project is for and what it may know.</summary>
/// <param name="Name">The project's folder under <c>src/</c>.</param>
/// <param name="Ring">0 is the innermost; a project may know rings further in, and what is listed.</param>
/// <param name="Role">One line for the table in <c>docs/architecture.md</c>.</param>
/// <param name="MayReference">Projects, by name.</param>
/// <param name="MayNotTouch">Namespaces, types and members of the framework, by full name.</param>
/// <param name="Doors">Namespaces in which something forbidden is allowed, each for one reason.</param>
/// <param name="Packages">Packages it may reference.</param>
internal sealed record ProjectRule(
    string Name, int Ring, string Role, string[] MayReference, string[] MayNotTouch, Door[] Doors, params string[] Packages);

/// <summary>The one namespace of a project through which it reaches something outside.</summary>
/// <param name="Namespace">This namespace and those in it.</param>
/// <param name="To">What people call the outside.</param>
/// <param name="Libraries">Native libraries that may be called there, by soname or, up to the first dot, by name.</param>
/// <param name="Lets">What may be touched there although the project may not.</param>
internal sealed record Door(string Namespace, string To, string[] Libraries, params string[] Lets);
