// SPDX-License-Identifier: MIT
import SwiftSyntax

extension VariableDeclSyntax {
  /// Whether it is of the type, not of its values; a lazy one is no argument either.
  var isStatic: Bool { modifiers.contains { ["static", "class", "lazy"].contains($0.name.text) } }

  /// The argument of its `@Generated`.
  var generated: String? {
    for attribute in attributes {
      guard let attribute = attribute.as(AttributeSyntax.self),
        attribute.attributeName.trimmedDescription == "Generated",
        let arguments = attribute.arguments?.as(LabeledExprListSyntax.self)
      else { continue }
      return arguments.first?.expression.trimmedDescription
    }
    return nil
  }
}

extension PatternBindingSyntax {
  /// Whether it holds a value, and does not compute one; observers change nothing in this.
  var isStored: Bool {
    guard let accessors = accessorBlock?.accessors else { return true }
    guard case .accessors(let list) = accessors else { return false }
    return list.allSatisfy { ["willSet", "didSet"].contains($0.accessorSpecifier.text) }
  }
}

extension TypeSyntax {
  /// Whether values of the type `name`, or `Self`, are in it.
  func mentions(_ name: String) -> Bool {
    tokens(viewMode: .sourceAccurate).contains { $0.text == name || $0.text == "Self" }
  }

  /// A generator of it, where `part` makes values of the type `name`.
  func generator(_ name: String) -> String {
    if !mentions(name) { return "PropertyTesting.Generator<\(trimmedDescription)>.any()" }
    if let array = self.as(ArrayTypeSyntax.self) { return "\(array.element.generator(name)).array(count: 0...4)" }
    if let optional = self.as(OptionalTypeSyntax.self) { return "\(optional.wrappedType.generator(name)).optional" }
    if let dictionary = self.as(DictionaryTypeSyntax.self), !dictionary.key.mentions(name) {
      return "\(dictionary.value.generator(name)).dictionary(keys: \(dictionary.key.generator(name)), count: 0...4)"
    }
    // Of anything else the compiler says that it is no generator of its type.
    return "part"
  }
}
