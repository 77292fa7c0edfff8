// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import Distillation
import ExactAlgebra
import Students

/// Options of every command that simulates students.
struct SimulationOptions: ParsableArguments {
  @OptionGroup var seed: SeedOption
  @OptionGroup var threads: ThreadsOption
}

/// Options that say what a student is and how it is trained.
struct TrainingOptions: ParsableArguments {
  @Option(
    name: .customLong("student-kind"),
    help: ArgumentHelp(
      "How the student is trained: least-squares, adam, sgd, gradient-descent or ridge; cch student has more.",
      valueName: "kind"))
  var student = "least-squares"

  @Option(parsing: .unconditional, help: "The first learning rate; 0.01 for adam, else what is stable on the sample.")
  var learningRate: Double?

  @Option(help: "How the learning rate changes: constant, or cosine (down to 0).")
  var decay: String?

  @Option(parsing: .unconditional, help: "The rows of a mini-batch.")
  var batch = 32

  @Option(
    parsing: .unconditional,
    help: "How often training goes through the sample; by default until about 4,000 steps are taken.")
  var epochs: Int?

  @Option(parsing: .unconditional, help: "The momentum of sgd and gradient-descent.")
  var momentum = 0.0

  @Option(parsing: .unconditional, help: "The weight of the penalty on the weights; none by default.")
  var weightDecay = 0.0

  @Option(parsing: .unconditional, help: "Stop early on this many further rows.")
  var heldOut = 0

  @Option(parsing: .unconditional, help: "With --held-out: stop after this many epochs without improvement.")
  var patience = 10

  @Option(parsing: .unconditional, help: "The penalty of a ridge student, relative to the mean square of each input.")
  var penalty = 0.1

  func kind() throws -> StudentKind {
    switch student {
    case "least-squares": return .leastSquares
    case "ridge": return .ridge(penalty: penalty)
    default:
      guard let method = Training.Method(rawValue: student) else {
        throw UserError(
          "--student-kind \(student): unknown; known: least-squares, adam, sgd, gradient-descent, ridge")
      }
      let decay = try decay.map { text in
        guard let decay = Training.Decay(rawValue: text) else {
          throw UserError("--decay \(text): unknown; known: constant, cosine")
        }
        return decay
      }
      return .trained(
        Training(
          method, learningRate: learningRate, decay: decay, batch: batch, epochs: epochs, momentum: momentum,
          weightDecay: weightDecay, patience: patience))
    }
  }
}
