// What the launchers beside this file start in the npm package. In a plugin archive, all of it is in one file of this name.
require("../dist/provider/hosts/native/main.js");
