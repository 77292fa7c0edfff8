// SPDX-License-Identifier: MIT
import SwiftCompilerPlugin
import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxMacros

@main struct Plugin: CompilerPlugin {
  let providingMacros: [any Macro.Type] = [GeneratableMacro.self, GeneratedMacro.self]
}

/// Only marks a property for ``GeneratableMacro``.
public struct GeneratedMacro: PeerMacro {
  /// Nothing.
  public static func expansion(
    of node: AttributeSyntax, providingPeersOf declaration: some DeclSyntaxProtocol,
    in context: some MacroExpansionContext
  ) -> [DeclSyntax] { [] }
}

/// Why no generator can be written.
struct Problem: DiagnosticMessage, Error {
  let message: String
  let id: String
  var diagnosticID: MessageID { MessageID(domain: "Generatable", id: id) }
  var severity: DiagnosticSeverity { .error }

  static let kind = Problem(message: "@Generatable is for structures and enumerations", id: "kind")
  static let noCase = Problem(message: "an enumeration without cases has no values", id: "noCase")
  static let noLeaf = Problem(
    message: "every case holds values of the enumeration itself: one that does not is needed", id: "noLeaf")
  static let initializer = Problem(
    message: "a structure with initializers of its own has no memberwise one: write `generator` by hand",
    id: "initializer")
  static func type(_ name: String) -> Problem {
    Problem(message: "the type of '\(name)' must be written, as '\(name): Int'", id: "type")
  }
  static func ownKind(_ name: String) -> Problem {
    Problem(
      message: "'\(name)' holds values of the structure itself: use an enumeration, or @Generated", id: "ownKind")
  }
}
