// SPDX-License-Identifier: GPL-3.0-or-later
import Fuzzing

@main
enum Main: Program {
  static var targets: [Target] { documentTargets }
}
