// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import ClassAdvice

extension TeacherLogits.Outputs: ExpressibleByArgument {}

/// The options of advice about classes.
struct ClassOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo,
    help: "Take the label for classes, or for a number; by default texts and few whole numbers are classes.")
  var classes: Bool?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Classes: logits or probabilities of a teacher trained elsewhere, a row a sample, a column a class; may be given again.",
      valueName: "file"))
  var teacherLogits: [String] = []

  @Option(
    help: ArgumentHelp(
      "Classes: what the numbers of --teacher-logits are, logits or probabilities; by default what they look like, which is said.",
      valueName: "what"))
  var teacherOutputs: TeacherLogits.Outputs?

  @Option(help: "Classes: the column whose equal values must not be divided by folds, such as a speaker or a patient.")
  var group: String?

  @Option(parsing: .unconditional, help: "Classes: keep so many principal components of every view.")
  var pca: Int?

  @Option(parsing: .unconditional, help: "Classes: the number of folds (by default 5).")
  var folds: Int?

  @Option(
    parsing: .unconditional, help: "Classes: the most rows that are looked at, of more a sample (by default 4000).")
  var mostRows: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Classes: also train perceptrons of so many hidden units, at the λ and T that softmax students choose.",
      valueName: "units"))
  var perceptron: Int?

  @Flag(help: "Classes: train every student to the end in the place of a few Newton steps.")
  var exhaustive = false

  func validate() throws {
    func require(_ value: Int?, _ name: String, atLeast least: Int) throws {
      if let value, value < least { throw ValidationError("--\(name) \(value): must be at least \(least)") }
    }
    try require(pca, "pca", atLeast: 1)
    try require(folds, "folds", atLeast: 3)
    try require(mostRows, "most-rows", atLeast: 20)
    try require(perceptron, "perceptron", atLeast: 1)
    if teacherOutputs != nil, teacherLogits.isEmpty {
      throw ValidationError("--teacher-outputs: is about --teacher-logits, which is missing")
    }
    if classes == false, let option = used.first {
      throw ValidationError("--\(option) is about classes; leave out --no-classes")
    }
  }

  /// The options that only advice about classes has.
  var used: [String] {
    [
      ("teacher-logits", !teacherLogits.isEmpty), ("group", group != nil), ("pca", pca != nil), ("folds", folds != nil),
      ("most-rows", mostRows != nil), ("perceptron", perceptron != nil), ("exhaustive", exhaustive),
    ].filter(\.1).map(\.0)
  }
}
