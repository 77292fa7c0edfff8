// SPDX-License-Identifier: MIT
import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// Writes `generator` in an extension.
public struct GeneratableMacro: ExtensionMacro {
  /// The extension, or what keeps it from being written as an error of the compiler.
  public static func expansion(
    of node: AttributeSyntax, attachedTo declaration: some DeclGroupSyntax,
    providingExtensionsOf type: some TypeSyntaxProtocol, conformingTo protocols: [TypeSyntax],
    in context: some MacroExpansionContext
  ) throws -> [ExtensionDeclSyntax] {
    do {
      let type = type.trimmedDescription
      let body =
        if let structure = declaration.as(StructDeclSyntax.self) {
          try generator(of: structure, type)
        } else if let enumeration = declaration.as(EnumDeclSyntax.self) {
          try generator(of: enumeration, type)
        } else {
          throw Problem.kind
        }
      let access =
        declaration.modifiers.first { ["public", "package"].contains($0.name.text) }.map { "\($0.name.text) " } ?? ""
      let conformance = protocols.isEmpty ? "" : ": PropertyTesting.Generatable"
      return [
        try ExtensionDeclSyntax(
          """
          extension \(raw: type)\(raw: conformance) {
            /// Written by `@Generatable`.
            \(raw: access)static var generator: PropertyTesting.Generator<\(raw: type)> {
          \(raw: body)
            }
          }
          """)
      ]
    } catch let problem as Located {
      context.diagnose(Diagnostic(node: problem.node, message: problem.problem))
    } catch let problem as Problem {
      context.diagnose(Diagnostic(node: Syntax(node), message: problem))
    }
    return []
  }

  /// A problem, and where.
  private struct Located: Error {
    let problem: Problem
    let node: Syntax
  }

  // MARK: Structures

  private static func generator(of structure: StructDeclSyntax, _ type: String) throws -> String {
    let members = structure.memberBlock.members.map(\.decl)
    if let own = members.first(where: { $0.is(InitializerDeclSyntax.self) }) {
      throw Located(problem: .initializer, node: Syntax(own))
    }
    var arguments: [String] = []
    for variable in members.compactMap({ $0.as(VariableDeclSyntax.self) }) where !variable.isStatic {
      // `let a, b: Int`: the type is that of the next one that has one.
      for (place, binding) in variable.bindings.enumerated() where binding.isStored {
        let isConstant = variable.bindingSpecifier.tokenKind == .keyword(.let) && binding.initializer != nil
        if isConstant { continue }
        let name = binding.pattern.trimmedDescription
        let written = Array(variable.bindings)[place...].lazy.compactMap { $0.typeAnnotation?.type }.first
        let own = variable.generated
        guard let written else {
          if let own {
            arguments.append("\(name): try (\(own))(&tape)")
            continue
          }
          throw Located(problem: .type(name), node: Syntax(binding))
        }
        if own == nil, written.mentions(structure.name.text) {
          throw Located(problem: .ownKind(name), node: Syntax(binding))
        }
        let generator =
          own.map { "(\($0) as PropertyTesting.Generator<\(written.trimmedDescription)>)" }
          ?? "PropertyTesting.Generator<\(written.trimmedDescription)>.any()"
        arguments.append("\(name): try \(generator)(&tape)")
      }
    }
    if arguments.isEmpty { return "    PropertyTesting.Generator { _ in \(type)() }" }
    return """
          PropertyTesting.Generator { tape in
            \(type)(
              \(arguments.joined(separator: ",\n          ")))
          }
      """
  }

  // MARK: Enumerations

  private static func generator(of enumeration: EnumDeclSyntax, _ type: String) throws -> String {
    let cases = enumeration.memberBlock.members.compactMap { $0.decl.as(EnumCaseDeclSyntax.self) }.flatMap(\.elements)
    if cases.isEmpty { throw Problem.noCase }
    let isNode: (EnumCaseElementSyntax) -> Bool = { element in
      element.parameterClause?.parameters.contains { $0.type.mentions(enumeration.name.text) } ?? false
    }
    let (leaves, nodes) = (cases.filter { !isNode($0) }, cases.filter(isNode))
    if leaves.isEmpty { throw Problem.noLeaf }
    let leaf = choice(of: leaves, type, enumeration.name.text)
    if nodes.isEmpty { return "    \(leaf)" }
    return """
          PropertyTesting.Generator<\(type)>.recursive(
            size: 20,
            leaf: \(leaf),
            node: { part in
              \(choice(of: nodes, type, enumeration.name.text))
            })
      """
  }

  private static func choice(of cases: [EnumCaseElementSyntax], _ type: String, _ name: String) -> String {
    let values = cases.map { element -> String in
      let arguments = (element.parameterClause?.parameters ?? []).map { parameter -> String in
        let label = parameter.firstName.map { $0.text == "_" ? "" : "\($0.text): " } ?? ""
        return "\(label)try \(parameter.type.generator(name))(&tape)"
      }
      let value = "\(type).\(element.name.text)"
      return arguments.isEmpty ? value : "\(value)(\(arguments.joined(separator: ", ")))"
    }
    if values.count == 1 { return "PropertyTesting.Generator { tape in \(values[0]) }" }
    let last = values.count - 1
    let branches = values.enumerated().map { place, value in
      "\(place == last ? "default" : "case \(place)"): return \(value)"
    }
    return """
      PropertyTesting.Generator { tape in
            switch tape.integer(in: 0...\(last)) {
            \(branches.joined(separator: "\n      "))
            }
          }
      """
  }
}
