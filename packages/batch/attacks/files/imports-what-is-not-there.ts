// instead of echo.ts: loses 18, graded
// Imports a package that was not handed in.

import 'a-package-of-its-own'
