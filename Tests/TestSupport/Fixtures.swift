// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// The folder `fixtures` of the project.
public let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
  "../../fixtures")
