using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Veridian.Unit.Tests.Architecture;

/// <summary>What a built assembly uses of others, read from its metadata and its instructions.</summary>
/// <param name="Types">Every type of another assembly that is named anywhere, signatures and attributes included.</param>
/// <param name="Members">Every member of another assembly that code names, with the namespace of the code.</param>
/// <param name="NativeCalls">Every native library that is called, with the namespace of the call.</param>
/// <param name="Projects">The referenced assemblies that are ours.</param>
internal sealed record AssemblyUses(
    IReadOnlySet<string> Types,
    IReadOnlySet<(string Namespace, string Member)> Members,
    IReadOnlySet<(string Namespace, string Library)> NativeCalls,
    IReadOnlySet<string> Projects)
{
    /// <summary>Reads one assembly file.</summary>
    public static AssemblyUses Read(string file)
    {
        using var portable = new PEReader(File.OpenRead(file));
        return new Reader(portable).Read();
    }

    private sealed class Reader(PEReader portable)
    {
        private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (OpCode)field.GetValue(null)!)
            .ToDictionary(code => (int)(ushort)code.Value);

        private readonly MetadataReader metadata = portable.GetMetadataReader();
        private readonly HashSet<(string, string)> members = [];
        private readonly HashSet<(string, string)> nativeCalls = [];

        public AssemblyUses Read()
        {
            foreach (var type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
            {
                var space = NamespaceOf(type);
                foreach (var method in type.GetMethods().Select(metadata.GetMethodDefinition))
                {
                    ReadMethod(space, method);
                }
            }

            var types = metadata.TypeReferences.Select(NameOf).ToHashSet();
            var projects = metadata.AssemblyReferences
                .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
                .Where(name => name.StartsWith("Veridian.", StringComparison.Ordinal))
                .ToHashSet();
            return new AssemblyUses(types, members, nativeCalls, projects);
        }

        private void ReadMethod(string space, MethodDefinition method)
        {
            if (method.Attributes.HasFlag(MethodAttributes.PinvokeImpl))
            {
                var module = metadata.GetModuleReference(method.GetImport().Module);
                nativeCalls.Add((space, metadata.GetString(module.Name)));
            }

            if (method.RelativeVirtualAddress == 0)
            {
                return;
            }

            var code = portable.GetMethodBody(method.RelativeVirtualAddress).GetILReader();
            while (code.RemainingBytes > 0)
            {
                ReadInstruction(space, ref code);
            }
        }

        private void ReadInstruction(string space, ref BlobReader code)
        {
            int value = code.ReadByte();
            var opCode = OpCodesByValue[value == 0xfe ? 0xfe00 | code.ReadByte() : value];
            switch (opCode.OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineType or OperandType.InlineTok:
                    if (MemberOf(MetadataTokens.EntityHandle(code.ReadInt32())) is { } member)
                    {
                        members.Add((space, member));
                    }

                    break;
                case OperandType.InlineSwitch:
                    var targets = code.ReadInt32();
                    code.Offset += 4 * targets;
                    break;
                default:
                    code.Offset += opCode.OperandType switch
                    {
                        OperandType.InlineNone => 0,
                        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                        OperandType.InlineVar => 2,
                        OperandType.InlineI8 or OperandType.InlineR => 8,
                        _ => 4,
                    };
                    break;
            }
        }

        private string? MemberOf(EntityHandle handle) => handle.Kind switch
        {
            HandleKind.TypeReference => NameOf((TypeReferenceHandle)handle),
            HandleKind.TypeSpecification => GenericTypeOf((TypeSpecificationHandle)handle),
            HandleKind.MethodSpecification => MemberOf(metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method),
            HandleKind.MemberReference => metadata.GetMemberReference((MemberReferenceHandle)handle) is var member
                && MemberOf(member.Parent) is { } type ? $"{type}.{metadata.GetString(member.Name)}" : null,
            _ => null,
        };

        // A generic instantiation is written as: GENERICINST, CLASS or VALUETYPE, the generic type (ECMA-335 II.23.2.12).
        private string? GenericTypeOf(TypeSpecificationHandle handle)
        {
            var signature = metadata.GetBlobReader(metadata.GetTypeSpecification(handle).Signature);
            if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
            {
                return null;
            }

            signature.ReadCompressedInteger();
            return MemberOf(signature.ReadTypeHandle());
        }

        private string NameOf(TypeReferenceHandle handle)
        {
            var type = metadata.GetTypeReference(handle);
            var name = metadata.GetString(type.Name);
            return type.ResolutionScope.Kind == HandleKind.TypeReference
                ? $"{NameOf((TypeReferenceHandle)type.ResolutionScope)}.{name}"
                : type.Namespace.IsNil ? name : $"{metadata.GetString(type.Namespace)}.{name}";
        }

        // Lambdas, iterators and async methods become types nested in the one that holds them.
        private string NamespaceOf(TypeDefinition type)
        {
            while (!type.GetDeclaringType().IsNil)
            {
                type = metadata.GetTypeDefinition(type.GetDeclaringType());
            }

            return metadata.GetString(type.Namespace);
        }
    }
}
