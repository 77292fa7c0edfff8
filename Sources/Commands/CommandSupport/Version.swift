// SPDX-License-Identifier: GPL-3.0-or-later

/// The release.
package let version = "0.2.0"
