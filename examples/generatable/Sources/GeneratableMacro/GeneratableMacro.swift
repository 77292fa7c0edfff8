// SPDX-License-Identifier: MIT

@_exported import PropertyTesting

/// Writes the generator of a structure or an enumeration: all that its memberwise initializer takes, or one of its cases with all that it
/// holds.
///
/// ```swift
/// @Generatable struct Person {
///   let name: String
///   var age: UInt8
/// }
/// @Generatable indirect enum Term {
///   case number(Int)
///   case sum(Term, Term)
/// }
/// ```
///
/// The types of the parts must be `Generatable` too. A case that holds values of the enumeration itself makes trees of at most 20 nodes;
/// one that does not is then needed as well. The first case is the simplest. A part may have a generator of its own:
///
/// ```swift
/// @Generatable struct Account {
///   @Generated(.int(in: 0...100)) var balance: Int
/// }
/// ```
@attached(extension, conformances: Generatable, names: named(generator))
public macro Generatable() = #externalMacro(module: "GeneratableMacros", type: "GeneratableMacro")

/// Says what generates a property of a structure that is `@Generatable`.
@attached(peer)
public macro Generated<Value>(_ generator: Generator<Value>) =
  #externalMacro(module: "GeneratableMacros", type: "GeneratedMacro")
