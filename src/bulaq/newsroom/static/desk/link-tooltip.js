// The two buttons beside a link in the text say what they do in the language of the desk.
(function () {
    'use strict';

    var own = document.currentScript.dataset;
    var words = { Edit: own.edit, Remove: own.remove };

    new MutationObserver(function () {
        document.querySelectorAll('.Tooltip__button').forEach(function (button) {
            var word = words[button.textContent];
            if (word && word !== button.textContent) button.textContent = word;
        });
    }).observe(document.body, { childList: true, subtree: true });
})();
