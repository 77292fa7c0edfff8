// SPDX-License-Identifier: MIT
import GeneratableMacros
import SwiftParser
import SwiftSyntax
import SwiftSyntaxMacroExpansion
import SwiftSyntaxMacros
import Testing

/// What cannot have a generator is an error of the compiler that names the rule.
@Suite struct ProblemTests {
  private func problems(_ source: String) -> [String] {
    let file = Parser.parse(source: source)
    let context = BasicMacroExpansionContext(sourceFiles: [file: .init(moduleName: "Tests", fullFilePath: "t.swift")])
    _ = file.expand(
      macros: ["Generatable": GeneratableMacro.self, "Generated": GeneratedMacro.self],
      contextGenerator: { _ in context })
    return context.diagnostics.map(\.message)
  }

  @Test(arguments: [
    ("@Generatable class A {}", "structures and enumerations"), ("@Generatable enum A {}", "without cases"),
    ("@Generatable indirect enum A { case a(A), b([A]) }", "one that does not is needed"),
    ("@Generatable struct A { var b = 1 }", "the type of 'b' must be written"),
    ("@Generatable struct A { var b: Int\ninit(_ b: Int) { self.b = b } }", "no memberwise one"),
    ("@Generatable struct A { var parts: [A] }", "'parts' holds values of the structure itself"),
  ])
  func whatHasNoGeneratorIsNamed(source: String, message: String) {
    let found = problems(source)
    #expect(found.count == 1 && found[0].contains(message), "\(found)")
  }

  @Test(arguments: [
    "@Generatable struct A { let c = 1; var d: Int { 3 }; lazy var e = 4; static var f = 5; var a, b: Int }",
    "@Generatable struct A { var a: Int { didSet {} } }", "@Generatable enum A { case a, b(Int) }",
    "@Generatable struct A { @Generated(other) var parts: [A] }",
  ])
  func whatHasOneIsNoProblem(source: String) { #expect(problems(source) == []) }
}
